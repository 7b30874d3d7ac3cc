package belfry.events;

import belfry.api.events.CancelReplayRequest;
import belfry.api.events.CancelReplayResponse;
import belfry.api.events.DescribeReplayRequest;
import belfry.api.events.DescribeReplayResponse;
import belfry.api.events.ListReplaysRequest;
import belfry.api.events.ListReplaysResponse;
import belfry.api.events.ReplayDestination;
import belfry.api.events.StartReplayRequest;
import belfry.api.events.StartReplayResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.List;

/** Starts, shows and cancels replays; {@link ReplayPump} does the sending (docs/decisions/0773). */
final class ReplayOperations {
    private static final int OPEN_MAX = 10;

    StartReplayResponse start(StartReplayRequest in, Call call) {
        BusName busName =
                ArchiveOperations.bus("Destination.Arn", in.destination().arn(), call);
        List<String> filters = in.destination().filterArns() == null
                ? List.of()
                : in.destination().filterArns();
        if (!in.eventStartTime().isBefore(in.eventEndTime())) {
            throw Faults.invalid(
                    "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        }
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            Archive archive = archive(tx, in.eventSourceArn(), call);
            if (!archive.bus().equals(bus.name())) {
                throw Faults.invalid(
                        "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
            }
            filters.forEach(arn -> checkRule(tx, bus, arn));
            if (Replay.find(tx, call.account(), call.region(), in.replayName()).isPresent()) {
                throw ServiceException.of(
                        "ResourceAlreadyExistsException", "Replay " + in.replayName() + " already exists.");
            }
            if (Replay.open(tx, call.account(), call.region()) >= OPEN_MAX) {
                throw Faults.limit();
            }
            Replay replay = replay(tx, in, archive, filters, call);
            replay.insert(tx);
            tx.ring(ReplayPump.STARTED);
            return new StartReplayResponse()
                    .replayArn(replay.arn())
                    .state(replay.state().name())
                    .replayStartTime(replay.startedAt());
        });
    }

    private static Replay replay(Tx tx, StartReplayRequest in, Archive archive, List<String> filters, Call call) {
        return new Replay(
                call.account(),
                call.region(),
                in.replayName(),
                in.description(),
                archive.name(),
                archive.id(),
                archive.bus(),
                filters,
                in.eventStartTime(),
                in.eventEndTime(),
                ArchivedEvents.newest(tx, archive.id()),
                Replay.State.STARTING,
                null,
                null,
                0,
                call.now(),
                null);
    }

    private static Archive archive(Tx tx, String arn, Call call) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return Archive.ofArn(tx, arn)
                .filter(found -> found.account().equals(call.account()))
                .filter(found -> found.region().equals(call.region()))
                .orElseThrow(() -> Faults.invalid(
                        "Parameter EventSourceArn is not valid. Reason: Archive " + name + " does not exist."));
    }

    private static void checkRule(Tx tx, Bus bus, String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        if (!BusRule.get(tx, bus, name).arn().equals(arn)) {
            throw Faults.ruleMissing(name, bus.name());
        }
    }

    DescribeReplayResponse describe(DescribeReplayRequest in, Call call) {
        return call.read(tx -> {
            Replay replay = get(tx, in.replayName(), call);
            return new DescribeReplayResponse()
                    .replayName(replay.name())
                    .replayArn(replay.arn())
                    .description(replay.description())
                    .state(replay.state().name())
                    .stateReason(replay.reason())
                    .eventSourceArn(archiveArn(replay))
                    .destination(new ReplayDestination()
                            .arn(Bus.arn(replay.account(), replay.region(), replay.bus()))
                            .filterArns(replay.filters().isEmpty() ? null : replay.filters()))
                    .eventStartTime(replay.from())
                    .eventEndTime(replay.to())
                    .eventLastReplayedTime(replay.doneAt())
                    .replayStartTime(replay.startedAt())
                    .replayEndTime(replay.endedAt());
        });
    }

    private static String archiveArn(Replay replay) {
        return belfry.base.Arn.of("events", replay.region(), replay.account(), Archive.RESOURCE + replay.archive())
                .toString();
    }

    private static Replay get(Tx tx, String name, Call call) {
        return Replay.find(tx, call.account(), call.region(), name)
                .orElseThrow(
                        () -> ServiceException.of("ResourceNotFoundException", "Replay " + name + " does not exist."));
    }

    ListReplaysResponse list(ListReplaysRequest in, Call call) {
        ArchiveOperations.oneFilter("ListReplays", in.namePrefix(), in.eventSourceArn(), in.state());
        String prefix = in.namePrefix() == null ? "" : in.namePrefix();
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            List<Replay> found = Replay.list(tx, call.account(), call.region(), prefix, after).stream()
                    .filter(replay -> in.state() == null
                            || in.state().equals(replay.state().name()))
                    .filter(replay ->
                            in.eventSourceArn() == null || in.eventSourceArn().equals(archiveArn(replay)))
                    .toList();
            Page<Replay> page = Page.of(found, in.limit(), Replay::name);
            return new ListReplaysResponse()
                    .replays(page.items().stream().map(ReplayOperations::shown).toList())
                    .nextToken(page.next());
        });
    }

    private static belfry.api.events.Replay shown(Replay replay) {
        return new belfry.api.events.Replay()
                .replayName(replay.name())
                .eventSourceArn(archiveArn(replay))
                .state(replay.state().name())
                .stateReason(replay.reason())
                .eventStartTime(replay.from())
                .eventEndTime(replay.to())
                .eventLastReplayedTime(replay.doneAt())
                .replayStartTime(replay.startedAt())
                .replayEndTime(replay.endedAt());
    }

    CancelReplayResponse cancel(CancelReplayRequest in, Call call) {
        return call.write(tx -> {
            Replay replay = get(tx, in.replayName(), call);
            if (replay.state().over() || replay.state() == Replay.State.CANCELLING) {
                throw ServiceException.of(
                        "IllegalStatusException",
                        "Replay " + replay.name() + " is not in a valid state for this operation.");
            }
            replay.turn(tx, Replay.State.CANCELLING, null, call.now());
            tx.ring(ReplayPump.STARTED);
            return new CancelReplayResponse().replayArn(replay.arn()).state(Replay.State.CANCELLING.name());
        });
    }
}
