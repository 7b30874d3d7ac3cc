package belfry.alarms;

import belfry.engine.alarm.AlarmState;
import java.time.Instant;

/**
 * An action that a change of state asks for; everything in it is as it was at that moment.
 *
 * @param seq grows with each action
 * @param alarm the alarm's name
 * @param action the ARN of what is to be done: a topic
 * @param at when the state changed
 * @param evidence the log events that led to it
 */
public record AlarmAction(
        long seq,
        String account,
        String region,
        String alarm,
        AlarmKind kind,
        String alarmArn,
        String action,
        AlarmState oldState,
        AlarmState newState,
        String reason,
        Instant at,
        AlarmMessage message,
        Evidence evidence) {}
