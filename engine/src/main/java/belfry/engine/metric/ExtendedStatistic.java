package belfry.engine.metric;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statistic over the distribution of samples: {@code p99}, {@code tm90}, {@code TC(10%:90%)}, {@code TS(100:)}, {@code
 * WM(:5000)}, {@code IQM}, {@code PR(:300)}. Empty without a distribution and with negative samples.
 *
 * <p>Percent bounds cut by rank, and may cut through a sample; fixed bounds take values above the lower up to and with the
 * upper one. Samples are known to within {@link Sketch#RELATIVE_ERROR}, so those nearer to a fixed bound than that may fall
 * on its other side. {@code PR} answers percent.
 */
public record ExtendedStatistic(String awsName, Function function, Bounds bounds) implements Statistic {
    private static final String NUMBER = "(\\d{1,18}(?:\\.\\d{1,10})?)";
    private static final Pattern SHORT = Pattern.compile("(p|tm|tc|ts|wm)" + NUMBER);
    private static final Pattern LONG =
            Pattern.compile("(TM|TC|TS|WM|PR)\\((?:" + NUMBER + "(%)?)?:(?:" + NUMBER + "(%)?)?\\)");

    /** What is computed of the samples within the bounds. */
    public enum Function {
        PERCENTILE,
        TRIMMED_MEAN,
        TRIMMED_COUNT,
        TRIMMED_SUM,
        WINSORIZED_MEAN,
        PERCENTILE_RANK
    }

    /** Lower and upper bound, in percent of the samples or as values; open ends are 0 or 100 %, or infinite. */
    public record Bounds(boolean percent, double lower, double upper) {
        public Bounds {
            boolean ordered = lower < upper || (percent && lower == upper);
            if (!ordered || (percent && upper > 100)) {
                throw new IllegalArgumentException("A statistic's lower bound is below its upper one");
            }
        }
    }

    static ExtendedStatistic parse(String name) {
        if (name.equals("IQM")) {
            return new ExtendedStatistic(name, Function.TRIMMED_MEAN, new Bounds(true, 25, 75));
        }
        Matcher shortForm = SHORT.matcher(name);
        if (shortForm.matches()) {
            double upper = Double.parseDouble(shortForm.group(2));
            return new ExtendedStatistic(name, function(shortForm.group(1)), new Bounds(true, 0, upper));
        }
        Matcher longForm = LONG.matcher(name);
        if (longForm.matches()) {
            return new ExtendedStatistic(name, function(longForm.group(1)), bounds(longForm));
        }
        throw new IllegalArgumentException("Not a statistic: " + name);
    }

    private static Function function(String prefix) {
        return switch (prefix.toLowerCase(Locale.ROOT)) {
            case "p" -> Function.PERCENTILE;
            case "tm" -> Function.TRIMMED_MEAN;
            case "tc" -> Function.TRIMMED_COUNT;
            case "ts" -> Function.TRIMMED_SUM;
            case "wm" -> Function.WINSORIZED_MEAN;
            case "pr" -> Function.PERCENTILE_RANK;
            default -> throw new IllegalArgumentException("Not a statistic: " + prefix);
        };
    }

    private static Bounds bounds(Matcher form) {
        String lower = form.group(2);
        String upper = form.group(4);
        boolean lowerPercent = form.group(3) != null;
        boolean upperPercent = form.group(5) != null;
        boolean mixed = lower != null && upper != null && lowerPercent != upperPercent;
        boolean percent = lowerPercent || upperPercent;
        if (mixed
                || (lower == null && upper == null)
                || (percent && form.group(1).equals("PR"))) {
            throw new IllegalArgumentException("Not a statistic: " + form.group());
        }
        double openUpper = percent ? 100 : Double.POSITIVE_INFINITY;
        double openLower = percent ? 0 : Double.NEGATIVE_INFINITY;
        return new Bounds(
                percent,
                lower == null ? openLower : Double.parseDouble(lower),
                upper == null ? openUpper : Double.parseDouble(upper));
    }

    @Override
    public double minimumSamples() {
        if (function != Function.PERCENTILE) {
            return 0;
        }
        double share = bounds.upper / 100;
        if (share <= 0 || share >= 1) {
            return 0;
        }
        return share >= 0.5 ? 10 / (1 - share) : 10 / share;
    }

    @Override
    public OptionalDouble of(Aggregate samples) {
        Sketch sketch = samples.sketch();
        if (sketch == null || sketch.negative()) {
            return OptionalDouble.empty();
        }
        Trim trim = new Trim(sketch, samples.set());
        double from = bounds.percent ? trim.rank(bounds.lower) : trim.massUpTo(bounds.lower);
        double to = bounds.percent ? trim.rank(bounds.upper) : trim.massUpTo(bounds.upper);
        double count = Math.max(0, to - from);
        return switch (function) {
            case PERCENTILE -> OptionalDouble.of(trim.valueAtRank(to));
            case TRIMMED_COUNT -> OptionalDouble.of(count);
            case TRIMMED_SUM -> OptionalDouble.of(trim.sum(from, to));
            case TRIMMED_MEAN -> count > 0 ? OptionalDouble.of(trim.sum(from, to) / count) : OptionalDouble.empty();
            case WINSORIZED_MEAN -> OptionalDouble.of(winsorizedMean(trim, from, to));
            case PERCENTILE_RANK -> OptionalDouble.of(100 * count / trim.total());
        };
    }

    /** The mean with the samples outside the bounds moved onto them. */
    private double winsorizedMean(Trim trim, double from, double to) {
        double low = bounds.percent ? trim.valueAtRank(from) : bounds.lower;
        double high = bounds.percent ? trim.valueAtRank(to) : bounds.upper;
        double below = from > 0 ? from * low : 0;
        double above = trim.total() > to ? (trim.total() - to) * high : 0;
        return (below + trim.sum(from, to) + above) / trim.total();
    }
}
