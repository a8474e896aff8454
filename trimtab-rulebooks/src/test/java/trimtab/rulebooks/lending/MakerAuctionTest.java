package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.wad;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.MakerAuction.Bought;
import trimtab.rulebooks.lending.MakerAuction.Linear;
import trimtab.rulebooks.lending.MakerAuction.Parameters;
import trimtab.rulebooks.lending.MakerAuction.Refusal;
import trimtab.rulebooks.lending.MakerAuction.Refused;
import trimtab.rulebooks.lending.MakerAuction.Sale;
import trimtab.rulebooks.lending.MakerAuction.Stairstep;
import trimtab.rulebooks.lending.MakerAuction.Status;
import trimtab.rulebooks.number.Fraction;

class MakerAuctionTest {
  private static final int ROUNDS = 300;
  private static final BigInteger RAY = big("1e27");
  private static final BigInteger DUST = rad("5000");
  private static final BigInteger PRICE = big("2000e27");
  private static final Sale SALE = new Sale(rad("11300"), wad("6"));

  private static BigInteger rad(String text) {
    return wad(text).multiply(RAY);
  }

  private static BigInteger seconds(long seconds) {
    return BigInteger.valueOf(seconds);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void purchaseFollowsItsCases(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int[] seen = new int[4];
    for (int i = 0; i < ROUNDS; i++) {
      Sale sale = new Sale(numbers.evenly("1e45", "2e49"), numbers.evenly("1", "1e19"));
      BigInteger price = numbers.evenly("1e29", "4e30");
      BigInteger amount = numbers.evenly("1", "1.2e19");
      BigInteger offered = sale.lot().min(amount).multiply(price);
      BigInteger rest = sale.tab().subtract(offered);
      boolean part = amount.compareTo(sale.lot()) < 0;
      if (MakerAuction.purchase(sale, amount, price, DUST) instanceof Bought bought) {
        assertThat(bought.owe().add(bought.left().tab())).isEqualTo(sale.tab());
        assertThat(bought.slice().add(bought.left().lot())).isEqualTo(sale.lot());
        assertThat(bought.slice()).isLessThanOrEqualTo(amount);
        Fraction off = exact(bought.owe()).over(exact(price)).minus(exact(bought.slice()));
        assertThat(off.signum()).isNotNegative();
        assertThat(off).isLessThan(Fraction.ONE);
        if (rest.signum() <= 0) {
          seen[0]++;
          assertThat(bought.left().tab()).isZero();
          assertThat(bought.returned()).isEqualTo(bought.left().lot());
        } else if (part && rest.compareTo(DUST) < 0) {
          seen[1]++;
          assertThat(bought.left().tab()).isEqualTo(DUST);
        } else {
          seen[2]++;
          assertThat(bought.owe()).isEqualTo(offered);
          assertThat(bought.shortfall()).isEqualTo(part ? BigInteger.ZERO : rest);
        }
      } else {
        seen[3]++;
        assertThat(part && rest.signum() > 0 && rest.compareTo(DUST) < 0).isTrue();
        assertThat(sale.tab()).isLessThanOrEqualTo(DUST);
      }
    }
    assertThat(seen).doesNotContain(0);
  }

  @Test
  void exactlyDustMayBeLeftAndExactlyDustIsWhole() {
    BigInteger amount = wad("3.15");
    Bought left = (Bought) MakerAuction.purchase(SALE, amount, PRICE, DUST);
    assertThat(left.left().tab()).isEqualTo(DUST);
    Sale dusty = new Sale(DUST, wad("6"));
    assertThat(MakerAuction.purchase(dusty, BigInteger.ZERO, PRICE, DUST))
        .as("dust left is not less than dust")
        .isInstanceOf(Bought.class);
    assertThat(MakerAuction.purchase(dusty, BigInteger.ONE, PRICE, DUST))
        .isEqualTo(new Refused(Refusal.NO_PARTIAL_PURCHASE));
    assertThat(MakerAuction.purchase(dusty, wad("2.5"), PRICE, DUST)).isInstanceOf(Bought.class);
    Sale all = new Sale(rad("11300"), wad("1"));
    Bought short1 = (Bought) MakerAuction.purchase(all, wad("1"), PRICE, DUST);
    assertThat(short1.shortfall()).isEqualTo(rad("9300"));
  }

  @Test
  void resetAndLimitPriceComeFirst() {
    Status running = new Status(false, PRICE);
    assertThat(MakerAuction.take(SALE, wad("1"), PRICE, running, DUST)).isInstanceOf(Bought.class);
    assertThat(MakerAuction.take(SALE, wad("1"), PRICE.subtract(BigInteger.ONE), running, DUST))
        .isEqualTo(new Refused(Refusal.TOO_EXPENSIVE));
    assertThat(MakerAuction.take(SALE, wad("1"), PRICE, new Status(true, PRICE), DUST))
        .isEqualTo(new Refused(Refusal.NEEDS_RESET));
  }

  @Test
  void bothLimitsOfAResetAreStrict() {
    Parameters terms = Parameters.DEFAULTS;
    Parameters linear =
        new Parameters(
            terms.bufRay(),
            seconds(60),
            big("0.4e27"),
            terms.chipWad(),
            terms.tipRad(),
            terms.dustRad(),
            new Linear(seconds(100)));
    assertThat(MakerAuction.status(PRICE, seconds(60), linear))
        .isEqualTo(new Status(false, big("800e27")));
    assertThat(MakerAuction.status(PRICE, seconds(61), linear).needsReset()).isTrue();
    Parameters patient =
        new Parameters(
            terms.bufRay(),
            seconds(1_000),
            big("0.4e27"),
            terms.chipWad(),
            terms.tipRad(),
            terms.dustRad(),
            new Linear(seconds(100)));
    assertThat(MakerAuction.status(PRICE, seconds(60), patient).needsReset()).isFalse();
    assertThat(MakerAuction.status(PRICE, seconds(61), patient).needsReset()).isTrue();
    assertThat(MakerAuction.price(PRICE, seconds(100), patient.curve())).isZero();
  }

  @Test
  void stairsFallByPowers() {
    Stairstep stairs = new Stairstep(big("0.99e27"), seconds(90));
    assertThat(MakerAuction.price(PRICE, seconds(0), stairs)).isEqualTo(PRICE);
    assertThat(MakerAuction.price(PRICE, seconds(89), stairs)).isEqualTo(PRICE);
    assertThat(MakerAuction.price(PRICE, seconds(90), stairs)).isEqualTo(big("1980e27"));
    assertThat(MakerAuction.price(PRICE, seconds(270), stairs)).isEqualTo(big("1940.598e27"));
    for (int exponent = 0; exponent <= 200; exponent++) {
      Fraction twin = Fraction.ONE;
      for (int i = 0; i < exponent; i++) {
        twin = twin.times(Fraction.parse("0.99"));
      }
      BigInteger power = MakerAuction.power(big("0.99e27"), seconds(exponent));
      assertThat(exact(power).minus(twin.times(exact(RAY))).abs())
          .as("exponent %s", exponent)
          .isLessThan(Fraction.of(200));
    }
    assertThat(MakerAuction.power(BigInteger.ZERO, seconds(4))).isZero();
  }

  @Test
  void tips() {
    Parameters terms = Parameters.DEFAULTS;
    assertThat(MakerAuction.startingPrice(PRICE, terms.bufRay())).isEqualTo(big("2600e27"));
    assertThat(MakerAuction.tip(rad("11300"), terms)).isEqualTo(rad("311.3"));
    assertThat(MakerAuction.resetTip(SALE, PRICE, terms)).isEqualTo(rad("311.3"));
    Sale atDust = new Sale(DUST, wad("2.5"));
    assertThat(MakerAuction.resetTip(atDust, PRICE, terms)).isEqualTo(rad("305"));
    Sale littleTab = new Sale(DUST.subtract(BigInteger.ONE), wad("2.5"));
    assertThat(MakerAuction.resetTip(littleTab, PRICE, terms)).isZero();
    Sale littleLot = new Sale(DUST, wad("2.5").subtract(BigInteger.ONE));
    assertThat(MakerAuction.resetTip(littleLot, PRICE, terms)).isZero();
  }
}
