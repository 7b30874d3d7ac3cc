package belfry.engine.alarm;

/**
 * The outcome of an evaluation.
 *
 * @param state the state the alarm has now
 * @param kept whether the state stays because the data do not decide, so that reason and data below tell only why; an alarm in
 *     that case keeps the reason it has
 * @param early whether it was decided before its newest period closed
 * @param reason StateReason in AWS's words
 * @param data StateReasonData
 */
public record Evaluation(AlarmState state, boolean kept, boolean early, String reason, ReasonData data) {
    /** Characters of a StateReason. */
    public static final int MAX_REASON = 1023;

    public Evaluation {
        reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    }
}
