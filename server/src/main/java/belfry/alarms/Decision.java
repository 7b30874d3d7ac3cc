package belfry.alarms;

import belfry.engine.alarm.AlarmState;

/** What came of an evaluation: why an alert came, or did not. */
public enum Decision {
    /** The data do not breach often enough. */
    BELOW_THRESHOLD("BelowThreshold"),
    /** There are no data to decide on. */
    INSUFFICIENT_DATA("InsufficientData"),
    /** The data leave the state as it is: missing data are ignored, or too few of them have come. */
    KEPT("Kept"),
    /** The alarm had gone off before; a state's actions are taken once. */
    ALREADY_IN_ALARM("AlreadyInAlarm"),
    /** The state changed, and the alarm's actions are disabled. */
    ACTIONS_DISABLED("ActionsDisabled"),
    /** The state changed, and the suppressor of the composite alarm holds its actions back. */
    SUPPRESSED("ActionsSuppressed"),
    /** The state changed, and a mute rule holds the actions back until its window ends. */
    MUTED("Muted"),
    /** What was held back is over: the alarm is in the state it had before, so there is nothing to tell. */
    OVERTAKEN("Overtaken"),
    /** The state changed, and no action is configured for the new one. */
    NO_ACTIONS("NoActions"),
    /** The state changed, and its actions are taken. */
    FIRED("Fired");

    private final String text;

    Decision(String text) {
        this.text = text;
    }

    /** As it is stored. */
    public String text() {
        return text;
    }

    /** The decision where the state stays. */
    static Decision unchanged(AlarmState state, boolean kept) {
        if (state == AlarmState.ALARM) {
            return ALREADY_IN_ALARM;
        }
        if (kept) {
            return KEPT;
        }
        return state == AlarmState.OK ? BELOW_THRESHOLD : INSUFFICIENT_DATA;
    }
}
