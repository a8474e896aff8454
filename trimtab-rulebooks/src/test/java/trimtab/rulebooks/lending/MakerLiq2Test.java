package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.MakerLiq2.Barked;
import trimtab.rulebooks.lending.MakerLiq2.Leftover;
import trimtab.rulebooks.lending.MakerLiq2.Parameters;
import trimtab.rulebooks.lending.MakerLiq2.Refusal;
import trimtab.rulebooks.lending.MakerLiq2.Refused;
import trimtab.rulebooks.lending.MakerLiq2.Vault;
import trimtab.rulebooks.number.Fraction;

class MakerLiq2Test {
  private static final int ROUNDS = 300;
  private static final BigInteger RATE = big("1e27");
  private static final Vault VAULT = new Vault(wad("6"), wad("10000"));
  private static final Parameters DEPLOYED = Parameters.DEFAULTS;
  private static final Parameters EARLY =
      new Parameters(DEPLOYED.chopWad(), DEPLOYED.dustRad(), Leftover.REFUSED);

  private static BigInteger rad(String text) {
    return wad(text).multiply(big("1e27"));
  }

  private static Refused refused(Refusal reason) {
    return new Refused(reason);
  }

  @Test
  void equalityIsSafeAndSoIsNoPrice() {
    BigInteger equal = big("1e27").multiply(big("10000")).divide(BigInteger.valueOf(5));
    Vault vault = new Vault(wad("5"), wad("10000"));
    assertThat(MakerLiq2.isUnsafe(vault, RATE, equal)).isFalse();
    assertThat(MakerLiq2.isUnsafe(vault, RATE, equal.subtract(BigInteger.ONE))).isTrue();
    assertThat(MakerLiq2.isUnsafe(vault, RATE, BigInteger.ZERO)).isFalse();
    assertThat(MakerLiq2.bark(vault, RATE, equal, rad("1e6"), DEPLOYED))
        .isEqualTo(refused(Refusal.NOT_UNSAFE));
    assertThat(MakerLiq2.bark(vault, RATE, BigInteger.ONE, rad("1e6"), DEPLOYED))
        .isInstanceOf(Barked.class);
    Vault empty = new Vault(wad("5"), BigInteger.ZERO);
    assertThat(MakerLiq2.size(empty, RATE, rad("1e6"), DEPLOYED))
        .isEqualTo(refused(Refusal.NOT_UNSAFE));
  }

  @Test
  void safetyPriceIsPriceOverRatio() {
    assertThat(MakerLiq2.spot(wad("3000"), RATE, big("1.5e27"))).isEqualTo(big("2000e27"));
    assertThat(MakerLiq2.spot(wad("1"), RATE, big("3e27")))
        .isEqualTo(big("333333333333333333333333333"));
  }

  @Test
  void roomIsTheSmallerOfTwoAndNotBelowZero() {
    assertThat(MakerLiq2.room(rad("100"), rad("40"), rad("30"), rad("10"))).isEqualTo(rad("20"));
    assertThat(MakerLiq2.room(rad("100"), rad("95"), rad("30"), rad("10"))).isEqualTo(rad("5"));
    assertThat(MakerLiq2.room(rad("100"), rad("40"), rad("30"), rad("31"))).isZero();
  }

  @Test
  void wholeVaultWhereThereIsRoom() {
    Barked exactly = (Barked) MakerLiq2.size(VAULT, RATE, rad("11300"), EARLY);
    assertThat(exactly.dart()).isEqualTo(VAULT.art());
    assertThat(exactly.dink()).isEqualTo(VAULT.ink());
    assertThat(exactly.tab()).isEqualTo(rad("11300"));
  }

  @Test
  void leftoverDustIsRefusedOrTakenByVersion() {
    assertThat(MakerLiq2.size(VAULT, RATE, rad("9040"), EARLY))
        .as("2,000 left is not dust")
        .isEqualTo(new Barked(wad("8000"), wad("4.8"), rad("8000"), rad("9040")));
    assertThat(MakerLiq2.size(VAULT, RATE, rad("9041"), EARLY))
        .isEqualTo(refused(Refusal.LEAVES_DUST));
    Barked whole = (Barked) MakerLiq2.size(VAULT, RATE, rad("9041"), DEPLOYED);
    assertThat(whole.dart()).isEqualTo(VAULT.art());
    assertThat(whole.tab()).as("past the ceiling").isEqualTo(rad("11300"));
  }

  @Test
  void littleRoomIsRefusedByVersion() {
    assertThat(MakerLiq2.size(VAULT, RATE, BigInteger.ZERO, EARLY))
        .isEqualTo(refused(Refusal.LIQUIDATION_LIMIT_HIT));
    assertThat(MakerLiq2.size(VAULT, RATE, BigInteger.ZERO, DEPLOYED))
        .isEqualTo(refused(Refusal.LIQUIDATION_LIMIT_HIT));
    assertThat(MakerLiq2.size(VAULT, RATE, rad("1999"), EARLY))
        .isEqualTo(refused(Refusal.LIQUIDATION_LIMIT_HIT));
    assertThat(MakerLiq2.size(VAULT, RATE, rad("2000"), EARLY)).isInstanceOf(Barked.class);
    assertThat(MakerLiq2.size(VAULT, RATE, rad("2000"), DEPLOYED))
        .isEqualTo(refused(Refusal.DUSTY_AUCTION));
    assertThat(MakerLiq2.size(VAULT, RATE, rad("2260"), DEPLOYED)).isInstanceOf(Barked.class);
    Vault dust = new Vault(BigInteger.ZERO, wad("10000"));
    assertThat(MakerLiq2.size(dust, RATE, rad("1e6"), DEPLOYED))
        .isEqualTo(refused(Refusal.NULL_AUCTION));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void partsAreRoundedDownAndFitTheRoom(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int parts = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Vault vault = new Vault(numbers.between("1", "1e24"), numbers.evenly("4e21", "1e25"));
      BigInteger rate = numbers.evenly("1e27", "3e27");
      BigInteger chop = numbers.evenly("1e18", "1.2e18");
      Fraction all = exact(vault.art()).times(exact(rate)).times(ofWad(chop));
      BigInteger room = numbers.evenly(rad("2500"), all.ceil().shiftLeft(1));
      Parameters terms = new Parameters(chop, rad("2000"), Leftover.REFUSED);
      if (!(MakerLiq2.size(vault, rate, room, terms) instanceof Barked done)) {
        continue;
      }
      Fraction fitting = exact(room).over(exact(rate).times(ofWad(chop)));
      Fraction off = fitting.min(exact(vault.art())).minus(exact(done.dart()));
      assertThat(off.signum()).isNotNegative();
      assertThat(off).isLessThan(Fraction.of(2));
      Fraction dink = exact(vault.ink()).times(exact(done.dart())).over(exact(vault.art()));
      assertThat(done.dink()).isEqualTo(dink.floor());
      assertThat(done.due()).isEqualTo(done.dart().multiply(rate));
      assertThat(done.tab()).isEqualTo(exact(done.due()).times(ofWad(chop)).floor());
      assertThat(done.tab()).isLessThanOrEqualTo(room);
      parts += done.dart().compareTo(vault.art()) < 0 ? 1 : 0;
    }
    assertThat(parts).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void overflowReverts() {
    assertThatThrownBy(() -> MakerLiq2.size(VAULT, RATE, BigInteger.ONE.shiftLeft(200), DEPLOYED))
        .isInstanceOf(ArithmeticException.class);
  }
}
