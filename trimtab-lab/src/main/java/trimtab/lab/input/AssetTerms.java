package trimtab.lab.input;

import java.util.Optional;

/// What a markets file says about an asset. Money is in units of `10^-8` of the settlement
/// currency, [MarketsFile#MONEY_DECIMALS].
///
/// @param place where it stands
/// @param price symbol of the market that prices it; empty: the market whose base it is
/// @param decimals digits an amount may have; empty: as many as fit
/// @param lot smallest step of a sale; empty: from the first price
/// @param maintenance weights by which breach is judged
/// @param initial weights when new risk is taken
record AssetTerms(
    Place place,
    Optional<String> price,
    Optional<Integer> decimals,
    Optional<Step> lot,
    WeightFields maintenance,
    WeightFields initial,
    long minimumOrder,
    long dust,
    long takerFeePpm) {}
