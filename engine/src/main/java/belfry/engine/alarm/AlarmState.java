package belfry.engine.alarm;

/** The states of an alarm; their names are AWS's. */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
