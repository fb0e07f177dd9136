package io.github.lotaprestage.source.listing;

/// How many pages the guesses of one scope may waste. A page of which only a part is used counts as
/// that part. Each page that is known allows a tenth of a page more, or a quarter while few
/// requests are in flight.
final class Budget {

  private static final double FIRST_CUTS = 9;
  private static final double LATER_CUTS = 3;
  private static final double FOR_EACH_PAGE = 0.1;
  private static final double URGENT = 4;
  private static final double URGENT_FOR_EACH_PAGE = 0.15;

  private double used;
  private double wasted;
  private double atStake;
  private double ahead;
  private boolean cut;

  /// Takes note of a page.
  ///
  /// @param share the part of it that was used
  void page(double share) {
    used += share;
    wasted += 1 - share;
  }

  /// Takes note of a search for directories, which counts as one page, however deep it went.
  void searched() {
    wasted++;
  }

  void stake(double cost) {
    atStake += cost;
    cut = true;
  }

  void settle(double cost) {
    atStake -= cost;
  }

  /// @param pages how many are known, but not listed yet
  void knowAhead(double pages) {
    ahead = pages;
  }

  /// The number of pages that are known. Those ahead are estimated, so they count for no more than
  /// those that were listed.
  double known() {
    return used + Math.min(ahead, used);
  }

  /// The number of pages that may still be wasted.
  ///
  /// @param urgent whether few requests are in flight, so that time matters more than requests
  double left(boolean urgent) {
    double allowed = urgent ? URGENT + URGENT_FOR_EACH_PAGE * known() : FOR_EACH_PAGE * known();
    return (cut ? LATER_CUTS : FIRST_CUTS) + allowed - wasted - atStake;
  }
}
