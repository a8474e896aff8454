package trimtab.lab.input;

import java.util.Optional;
import trimtab.core.instrument.MarginTiers;

/// What a markets file says about a market. Money is in units of `10^-8` of the settlement
/// currency, [MarketsFile#MONEY_DECIMALS].
///
/// @param place where it stands
/// @param contract its kind
/// @param tick smallest price step; empty: from the first price
/// @param lot smallest step of an order; empty: from the first price
/// @param decimals digits a quantity may have; empty: as many as fit
/// @param initial tiers in money units
/// @param maintenance tiers in money units
record MarketTerms(
    Place place,
    ContractFields contract,
    Optional<Step> tick,
    Optional<Step> lot,
    Optional<Integer> decimals,
    long minimumOrder,
    long dust,
    long takerFeePpm,
    MarginTiers initial,
    MarginTiers maintenance) {}
