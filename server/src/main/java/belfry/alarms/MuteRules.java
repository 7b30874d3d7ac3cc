package belfry.alarms;

import belfry.api.cloudwatch.AlarmMuteRuleSummary;
import belfry.api.cloudwatch.DeleteAlarmMuteRuleInput;
import belfry.api.cloudwatch.GetAlarmMuteRuleInput;
import belfry.api.cloudwatch.GetAlarmMuteRuleOutput;
import belfry.api.cloudwatch.ListAlarmMuteRulesInput;
import belfry.api.cloudwatch.ListAlarmMuteRulesOutput;
import belfry.api.cloudwatch.MuteTargets;
import belfry.api.cloudwatch.PutAlarmMuteRuleInput;
import belfry.api.cloudwatch.Rule;
import belfry.api.cloudwatch.Schedule;
import belfry.engine.alarm.MuteSchedule;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operations on mute rules (alarms.md §12). What a rule held back and no longer mutes is taken by {@link AlarmPump}, which
 * is woken here.
 */
final class MuteRules {
    private static final int PAGE = 50;

    private MuteRules() {}

    static NoOutput put(PutAlarmMuteRuleInput in, Call call) {
        MuteSchedule schedule = schedule(in);
        Instant now = call.now();
        if (schedule.at(now).isEmpty() && schedule.after(now).isEmpty()) {
            throw AlarmChecks.invalid("The mute rule would never be active: its schedule has no window after " + now);
        }
        AlarmTags.check(in.tags());
        Set<String> targets = in.muteTargets() == null
                ? Set.of()
                : new TreeSet<>(in.muteTargets().alarmNames());
        return call.write(tx -> {
            Optional<Mutes.Mute> before = Mutes.find(tx, call.account(), call.region(), in.name());
            Set<String> concerned = new TreeSet<>(targets);
            before.ifPresent(mute -> concerned.addAll(Mutes.targets(tx, mute)));
            write(tx, in, call);
            Mutes.Mute mute =
                    Mutes.find(tx, call.account(), call.region(), in.name()).orElseThrow();
            tx.update("DELETE FROM alarm_mute_target WHERE mute = ?", mute.id());
            for (String target : targets) {
                tx.update("INSERT INTO alarm_mute_target (mute, alarm) VALUES (?, ?)", mute.id(), target);
            }
            if (before.isEmpty()) {
                AlarmTags.put(tx, AlarmTags.Tagged.mute(mute.id()), in.tags());
            }
            wake(tx, concerned, call);
            return NoOutput.INSTANCE;
        });
    }

    private static MuteSchedule schedule(PutAlarmMuteRuleInput in) {
        Schedule schedule = in.rule().schedule();
        try {
            return MuteSchedule.parse(
                    schedule.expression(), schedule.duration(), schedule.timezone(), in.startDate(), in.expireDate());
        } catch (IllegalArgumentException e) {
            throw AlarmChecks.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Tx tx, PutAlarmMuteRuleInput in, Call call) {
        Schedule schedule = in.rule().schedule();
        tx.update(
                "INSERT INTO alarm_mute (account, region, name, description, expression, duration, timezone, starts,"
                        + " expires, updated, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, region, name) DO UPDATE SET description = excluded.description,"
                        + " expression = excluded.expression, duration = excluded.duration,"
                        + " timezone = excluded.timezone, starts = excluded.starts, expires = excluded.expires,"
                        + " updated = excluded.updated, due = excluded.due",
                call.account(),
                call.region(),
                in.name(),
                in.description(),
                schedule.expression(),
                schedule.duration(),
                schedule.timezone(),
                in.startDate(),
                in.expireDate(),
                call.now(),
                call.now());
    }

    static GetAlarmMuteRuleOutput get(Tx tx, GetAlarmMuteRuleInput in, Call call) {
        Mutes.Mute mute = Mutes.find(tx, call.account(), call.region(), in.alarmMuteRuleName())
                .orElseThrow(() -> unknown(in.alarmMuteRuleName(), call));
        List<String> targets = Mutes.targets(tx, mute);
        return new GetAlarmMuteRuleOutput()
                .name(mute.name())
                .alarmMuteRuleArn(mute.arn())
                .description(mute.description())
                .rule(new Rule()
                        .schedule(new Schedule()
                                .expression(mute.expression())
                                .duration(mute.duration())
                                .timezone(mute.timezone())))
                .muteTargets(targets.isEmpty() ? null : new MuteTargets().alarmNames(targets))
                .startDate(mute.starts())
                .expireDate(mute.expires())
                .status(mute.status(call.now()))
                .lastUpdatedTimestamp(mute.updated())
                .muteType(type(mute));
    }

    static ListAlarmMuteRulesOutput list(Tx tx, ListAlarmMuteRulesInput in, Call call) {
        String after = in.nextToken() == null ? "" : PageToken.read(in.nextToken());
        int page = in.maxRecords() == null ? PAGE : in.maxRecords();
        Set<String> statuses = in.statuses() == null ? Set.of() : Set.copyOf(in.statuses());
        List<Mutes.Mute> found = Mutes.list(tx, call.account(), call.region(), in.alarmName(), after).stream()
                .filter(mute -> statuses.isEmpty() || statuses.contains(mute.status(call.now())))
                .limit(page + 1L)
                .toList();
        List<Mutes.Mute> shown = found.subList(0, Math.min(page, found.size()));
        ListAlarmMuteRulesOutput out = new ListAlarmMuteRulesOutput()
                .alarmMuteRuleSummaries(shown.stream()
                        .map(mute -> new AlarmMuteRuleSummary()
                                .alarmMuteRuleArn(mute.arn())
                                .expireDate(mute.expires())
                                .status(mute.status(call.now()))
                                .muteType(type(mute))
                                .lastUpdatedTimestamp(mute.updated()))
                        .toList());
        return found.size() > page
                ? out.nextToken(PageToken.write(shown.getLast().name()))
                : out;
    }

    /** A rule that is not there is as good as deleted, as AWS's model names no error. */
    static NoOutput delete(Tx tx, DeleteAlarmMuteRuleInput in, Call call) {
        Mutes.find(tx, call.account(), call.region(), in.alarmMuteRuleName()).ifPresent(mute -> {
            Set<String> targets = new TreeSet<>(Mutes.targets(tx, mute));
            tx.update("DELETE FROM alarm_mute_target WHERE mute = ?", mute.id());
            tx.update("DELETE FROM alarm_mute_tag WHERE mute = ?", mute.id());
            tx.update("DELETE FROM alarm_mute WHERE id = ?", mute.id());
            wake(tx, targets, call);
        });
        return NoOutput.INSTANCE;
    }

    /** Alarms that hold actions back are looked at again: perhaps nothing mutes them any longer. */
    private static void wake(Tx tx, Set<String> alarms, Call call) {
        for (String name : alarms) {
            AlarmTable.find(tx, call.account(), call.region(), name)
                    .filter(alarm -> alarm.hold().from().isPresent())
                    .ifPresent(alarm -> AlarmTable.setDue(tx, alarm.id(), call.now()));
        }
        tx.ring(AlarmTable.CONFIGURED);
    }

    private static String type(Mutes.Mute mute) {
        return mute.expression().startsWith("at(") ? "ONE_TIME" : "RECURRING";
    }

    private static ServiceException unknown(String name, Call call) {
        return ServiceException.of("ResourceNotFoundException", 404, "Unknown alarm mute rule: " + name)
                .with("ResourceType", "alarm-mute-rule")
                .with("ResourceId", Mutes.arn(call.account(), call.region(), name));
    }
}
