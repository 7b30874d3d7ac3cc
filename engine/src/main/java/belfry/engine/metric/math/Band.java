package belfry.engine.metric.math;

import java.util.Optional;

/**
 * {@code ANOMALY_DETECTION_BAND(metric, deviations)}.
 *
 * @param metric the id of the metric whose values are expected to lie within
 * @param deviations how many spreads wide it is on either side; 2 if the expression does not say
 */
public record Band(String metric, double deviations) {
    static final String FUNCTION = "ANOMALY_DETECTION_BAND";
    private static final double USUAL = 2;

    static Band of(MathNode.Call call) {
        if (!call.arguments().isEmpty()
                && call.arguments().size() <= 2
                && call.arguments().getFirst() instanceof MathNode.Name(String metric, int _)) {
            if (call.arguments().size() == 1) {
                return new Band(metric, USUAL);
            }
            if (call.arguments().get(1) instanceof MathNode.Literal(double deviations) && deviations > 0) {
                return new Band(metric, deviations);
            }
        }
        throw MathException.at(call.position(), FUNCTION + " takes the id of a metric and a positive number");
    }

    static Optional<Band> in(MathNode node) {
        return node instanceof MathNode.Call call && call.function().equals(FUNCTION)
                ? Optional.of(of(call))
                : Optional.empty();
    }
}
