package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.rulebooks.derivatives.MangoV4;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.Perp;
import trimtab.rulebooks.derivatives.MangoV4.PerpTerms;
import trimtab.rulebooks.derivatives.MangoV4.Prices;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.derivatives.MangoV4.TokenTerms;
import trimtab.rulebooks.derivatives.MangoV4Perps;
import trimtab.rulebooks.derivatives.MangoV4Perps.Takeover;
import trimtab.rulebooks.derivatives.MangoV4Tokens;
import trimtab.rulebooks.derivatives.MangoV4Tokens.Exchanged;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// What the adapter of Mango v4 prescribes and levies is what the venue's functions say.
class MangoV4RulebookTest {
  private static final MangoV4Rulebook RULE = MangoV4Rulebook.DEFAULT;

  private static I80F48 number(String text) {
    return I80F48.of(Fraction.parse(text));
  }

  private static Token token(String weight, String debtWeight, long price, long amount) {
    TokenTerms terms =
        TokenTerms.of(number(weight), number(debtWeight), number("0.02"), I80F48.ZERO);
    return new Token(
        terms, Prices.of(I80F48.of(price)), MangoV4.stored(I80F48.of(amount), MangoV4.INDEX_START));
  }

  /// A perp of 5 % maintenance and 10 % initial margin.
  private static Perp perp(long lotSize, long lots, long price, long quote) {
    PerpTerms terms =
        new PerpTerms(
            number("0.95"),
            number("0.9"),
            number("1.05"),
            number("1.1"),
            I80F48.ONE,
            I80F48.ONE,
            lotSize,
            number("0.012"),
            I80F48.ZERO,
            I80F48.ZERO);
    return new Perp(terms, 0, Prices.of(I80F48.of(price)), lots, 0, 0, I80F48.of(quote));
  }

  /// The account in the venue's units by hand: native USD of eight decimals.
  private static Account venue(CrossDraw drawn) {
    long usd = 0;
    List<Token> tokens = new ArrayList<>();
    for (Balance balance : drawn.account().balances()) {
      long net = balance.amount() - balance.debt();
      tokens.add(
          balance.asset() == CrossDraw.USD
              ? token("1", "1", 1, net + usd)
              : token("0.8", "1.1", drawn.marks().price(CrossDraw.ETH), net));
    }
    List<Perp> perps = new ArrayList<>();
    for (Position position : drawn.account().positions()) {
      perps.add(
          position.market() == CrossDraw.ETH
              ? perp(10, position.quantity() / 10, 100 * drawn.marks().price(0), -position.cost())
              : perp(
                  100, position.quantity() / 100, 100 * drawn.marks().price(1), -position.cost()));
    }
    return new Account(tokens, perps);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPerpIsTakenOverAsTheVenueSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partial = 0;
    int both = 0;
    for (int i = 0; i < 300; i++) {
      CrossDraw drawn = CrossDraw.perps(random);
      List<Piece> pieces = RULE.prescription(drawn.situation(RULE)).orElseThrow().pieces();
      Account venue = venue(drawn);
      if (!MangoV4.isLiquidatable(venue, false)) {
        assertThat(pieces).isEmpty();
        continue;
      }
      Takeover takeover = MangoV4Perps.takeOver(venue, 0, venue.perps().getFirst().baseLots(), 0);
      long quantity = 10 * Math.abs(takeover.baseLots());
      assertThat(pieces.getFirst()).isEqualTo(new Piece(new Leg.PositionLeg(0), quantity));
      long held = Math.abs(drawn.account().positions().getFirst().quantity());
      partial += quantity < held ? 1 : 0;
      both += pieces.size() - 1;
      if (quantity < held) {
        assertThat(pieces).hasSize(1);
        assertThat(MangoV4.hasRecovered(takeover.after())).isTrue();
      }
      if (drawn.plan(RULE) instanceof Plan.Close close) {
        PlannedClosing closing = close.closings().getFirst();
        assertThat(closing.closing().quantity()).isEqualTo(quantity);
        Fraction paid = takeover.quoteToLiquidator().plus(takeover.quoteToAccount()).fraction();
        assertThat(paid.signum()).isZero();
        Fraction fee = Fraction.of(closing.closing().notional()).times(Fraction.parse("0.012"));
        assertThat(Fraction.of(closing.closing().penalty()).minus(fee).abs())
            .isLessThan(Fraction.of(2));
      }
    }
    assertThat(partial).isGreaterThan(20);
    assertThat(both).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void aBorrowIsRepaidAsTheVenueSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partial = 0;
    for (int i = 0; i < 300; i++) {
      CrossDraw drawn = CrossDraw.loan(random);
      List<Piece> pieces = RULE.prescription(drawn.situation(RULE)).orElseThrow().pieces();
      Account venue = venue(drawn);
      if (!MangoV4.isLiquidatable(venue, false)) {
        assertThat(pieces).isEmpty();
        continue;
      }
      boolean usdOwed = drawn.account().balances().getFirst().debt() > 0;
      int asset = usdOwed ? 1 : 0;
      if (!(MangoV4Tokens.exchange(venue, asset, 1 - asset, I80F48.MAX)
          instanceof Exchanged exchanged)) {
        throw new AssertionError("refused");
      }
      long taken = exchanged.assetFromAccount().floor().longValueExact();
      assertThat(pieces).containsExactly(new Piece(new Leg.PairLeg(1 - asset, asset), taken));
      Balance before = drawn.account().balances().get(1 - asset);
      Balance deposit = drawn.account().balances().get(asset);
      partial += taken < deposit.amount() ? 1 : 0;
      if (drawn.plan(RULE) instanceof Plan.Close close) {
        long after =
            close.closings().getFirst().closing().account().balances().get(1 - asset).debt();
        long repaid = exchanged.liabilityTransfer().floor().longValueExact();
        // A whole unit of what is taken is cut off, which is worth this many units of the debt.
        long cut = usdOwed ? 2 * drawn.marks().price(CrossDraw.ETH) : 2;
        assertThat(before.debt() - after).isBetween(repaid - cut, repaid + 1);
      }
    }
    assertThat(partial).isGreaterThan(30);
  }

  @Test
  void accountsItCannotReadAreMisfits() {
    CrossDraw drawn = CrossDraw.perps(new SplittableRandom(1));
    assertThat(RULE.fits(drawn.account(), CrossDraw.LISTING)).isInstanceOf(Fit.Fits.class);
    trimtab.core.account.Account mixed =
        drawn
            .account()
            .with(List.of(new Balance(CrossDraw.ETHER, 5, 0)), drawn.account().positions());
    assertThat(RULE.fits(mixed, CrossDraw.LISTING)).isInstanceOf(Fit.Misfit.class);
  }

  @Test
  void constantsKeepWithinTheirBounds() {
    assertThatThrownBy(() -> RULE.with(Map.of("baseLiquidationFee", "1.5")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void feesThatEatWhatAClosingFreesStopTheProgram() {
    MangoV4Rulebook dear = RULE.with(Map.of("baseLiquidationFee", "0.2"));
    CrossDraw drawn = written(500_000_000_000L);
    assertThat(dear.prescription(drawn.situation(dear)).orElseThrow().formula())
        .startsWith("the venue's program stops");
  }

  /// 100 ETH at 4,000, bought there, with so much cash.
  private static CrossDraw written(long cash) {
    return new CrossDraw(
        new trimtab.core.account.Account(
            "written",
            List.of(new Balance(CrossDraw.USD, cash, 0)),
            List.of(new Position(CrossDraw.ETH, 1_000_000, 40_000_000_000_000L))),
        Marks.of(0, 400_000, 1_000_000));
  }

  @Test
  void figuresTellTheCallAndWhoPaysBadDebt() {
    assertThat(names(written(1_960_000_000_000L)))
        .contains("maintenance health", "ETHUSDT lots taken over", "recovered then")
        .doesNotContain("insurance pays");
    assertThat(names(written(-100_000_000L))).contains("insurance pays", "USD socialised");
  }

  private static List<String> names(CrossDraw drawn) {
    return RULE.figures(drawn.situation(RULE)).stream().map(Figure::name).toList();
  }
}
