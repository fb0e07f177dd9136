package io.github.lotaprestage.source.listing;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What the rest of a range is expected to contain, and where it can be cut.
sealed interface Outlook {

  /// The number of pages that the range may have.
  double pages();

  /// The expected number of pages.
  default double expected() {
    return pages();
  }

  /// The number of pages that can be relied on.
  double certain();

  /// The maximum number of cuts that are of use.
  int cuts();

  /// A part must be larger than this many pages to be cut again.
  default double smallest() {
    return 2.5;
  }

  /// The expected number of requests that a cut wastes.
  double cost();

  /// Keys that cut the range into parts.
  ///
  /// @param part the number of pages that each part but the last should have
  List<String> keys(int cuts, double part);

  /// Numbers from 1 to `far`, each larger than the one before, whose distance grows.
  ///
  /// @param start the larger it is, the less they grow
  static DoubleStream growing(double start, double far, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double exact = start * (Math.pow(1 + far / start, (i + 1.0) / count) - 1);
      numbers[i] = Math.max(Math.floor(exact), i == 0 ? 1 : numbers[i - 1] + 1);
    }
    return DoubleStream.of(numbers).filter(number -> number <= far);
  }

  /// The range contains directories whose names are known.
  ///
  /// @param names of those that begin in the range, in order
  /// @param pagesOfOne the expected number of pages of a directory
  /// @param rest the expected number of pages before the first
  /// @param isMeasured whether these numbers come from pages
  /// @param most the maximum number of cuts
  record Directories(
      List<String> names, double pagesOfOne, double rest, boolean isMeasured, int most)
      implements Outlook {

    private static final double GUESS = 3;
    private static final int FIRST_CUTS = 4;

    static Directories measured(List<String> names, double pagesOfOne, double rest) {
      return new Directories(names, pagesOfOne, rest, true, names.size());
    }

    /// @param few whether to cut the range only a few times
    static Directories guessed(List<String> names, boolean few) {
      return new Directories(names, GUESS, 1, false, few ? FIRST_CUTS : names.size());
    }

    @Override
    public double pages() {
      return rest + names.size() * pagesOfOne;
    }

    @Override
    public double certain() {
      return isMeasured ? 0.8 * pages() : 0;
    }

    @Override
    public int cuts() {
      return (int) Math.clamp(pages() - 0.8, 0, Math.min(most, names.size()));
    }

    @Override
    public double cost() {
      return 0.5;
    }

    @Override
    public List<String> keys(int cuts, double part) {
      if (!isMeasured) {
        double even = names.size() / (double) cuts;
        boolean isShort = part < pages() / (cuts + 1);
        double step = isShort ? Math.min(even, Math.max(1, part / pagesOfOne)) : even;
        return IntStream.range(0, cuts) // the first ends a directory that may be large
            .mapToObj(i -> names.get((int) (i * step)))
            .toList();
      }
      return IntStream.rangeClosed(1, cuts)
          .mapToDouble(i -> Math.max(1, Math.round(part * i)))
          .mapToInt(page -> (int) Math.floor((page - rest) / pagesOfOne + 0.1))
          .filter(i -> i >= 0 && i < names.size())
          .mapToObj(names::get)
          .toList();
    }
  }

  /// The range ends at a known key.
  ///
  /// @param from the number of the last key listed
  /// @param step how much a page covers on the scale
  /// @param isExact whether the keys are numbered without gaps
  record Closed(KeyScale scale, long from, double pages, double step, boolean isExact)
      implements Outlook {

    /// Parts are this much shorter than whole pages, since another request for a few keys is worse
    /// than some keys on two pages.
    private static final double MARGIN = 0.05;

    /// And this much for each page, since the number of keys in a page of the scale varies.
    private static final double NOISE = 0.03;

    @Override
    public double certain() {
      return isExact ? pages : 0.8 * pages;
    }

    @Override
    public int cuts() {
      return Math.clamp(Math.round(pages) - 1, 0, Integer.MAX_VALUE);
    }

    @Override
    public double smallest() {
      return isExact ? 1.5 : Outlook.super.smallest();
    }

    @Override
    public double cost() {
      return isExact ? 0.02 : 0.3;
    }

    @Override
    public List<String> keys(int cuts, double part) {
      double margin = isExact ? 0 : MARGIN + NOISE * part;
      return IntStream.rangeClosed(1, cuts)
          .mapToDouble(i -> Math.max(1, Math.round(part * i)) - i * margin)
          .mapToObj(page -> scale.key(from + Math.round(page * step)))
          .toList();
    }
  }

  /// The range may end anywhere: the more pages are known, the more may follow.
  ///
  /// @param most the maximum number of pages
  /// @param step how much a page covers on the scale
  /// @param isExact whether the keys are numbered without gaps
  /// @param known how many pages come before
  /// @param first whether the scope was not cut yet
  record Open(
      KeyScale scale,
      long from,
      double most,
      double step,
      boolean isExact,
      double known,
      boolean first)
      implements Outlook {

    @Override
    public double pages() {
      return Math.min(most, known * growth());
    }

    @Override
    public double expected() {
      return Math.min(most, known);
    }

    @Override
    public double certain() {
      return 0;
    }

    /// The first page says little about how far the keys go on.
    @Override
    public int cuts() {
      return first && !scale.hasUnseenLetters()
          ? Integer.MAX_VALUE
          : (int) Math.clamp(most - 1, 0, guesses());
    }

    @Override
    public double smallest() {
      return first ? 0 : Outlook.super.smallest();
    }

    private int guesses() {
      if (scale.hasUnseenLetters()) {
        return first ? 5 : 2;
      }
      return isExact ? 4 : 3;
    }

    private double growth() {
      if (scale.hasUnseenLetters()) {
        return 4;
      }
      return known <= 2 ? 64 : isExact ? 8 : 4;
    }

    @Override
    public double cost() {
      return first ? 0.5 : 0.7;
    }

    @Override
    public List<String> keys(int cuts, double part) {
      double grown = Math.min(most, known * Math.min(growth(), Math.pow(2, cuts)));
      double far = Math.min(grown, part * (cuts + 1));
      if (far <= cuts) {
        return IntStream.rangeClosed(1, cuts)
            .mapToObj(i -> scale.key(from + Math.round(step * far * i / (cuts + 1))))
            .toList();
      }
      return growing(known, far, far < most ? cuts : cuts + 1) // the end itself cuts nothing off
          .limit(cuts)
          .map(page -> isExact ? page : page - Closed.MARGIN)
          .mapToObj(page -> scale.key(from + Math.round(page * step)))
          .toList();
    }
  }
}
