package belfry.events;

import belfry.api.events.CreateArchiveRequest;
import belfry.api.events.CreateArchiveResponse;
import belfry.api.events.DeleteArchiveRequest;
import belfry.api.events.DeleteArchiveResponse;
import belfry.api.events.DescribeArchiveRequest;
import belfry.api.events.DescribeArchiveResponse;
import belfry.api.events.ListArchivesRequest;
import belfry.api.events.ListArchivesResponse;
import belfry.api.events.UpdateArchiveRequest;
import belfry.api.events.UpdateArchiveResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Archives (docs/decisions/0773). An archive works as soon as it is made, and ends with its rule. */
final class ArchiveOperations {
    private static final String ENABLED = "ENABLED";

    CreateArchiveResponse create(CreateArchiveRequest in, Call call) {
        refuseKey(in.kmsKeyIdentifier());
        BusName busName = bus("EventSourceArn", in.eventSourceArn(), call);
        Archive archive = new Archive(
                0,
                call.account(),
                call.region(),
                in.archiveName(),
                busName.name(),
                blankToNull(in.description()),
                checked(in.eventPattern()),
                in.retentionDays() == null ? 0 : in.retentionDays(),
                0,
                0,
                call.now());
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            if (Archive.find(tx, archive.account(), archive.region(), archive.name())
                    .isPresent()) {
                throw ServiceException.of(
                        "ResourceAlreadyExistsException", "Archive " + archive.name() + " already exists.");
            }
            if (BusRule.find(tx, bus, archive.ruleName()).isPresent()) {
                throw ServiceException.of(
                        "ResourceAlreadyExistsException", "Rule " + archive.ruleName() + " already exists.");
            }
            archive.save(tx);
            setRule(tx, bus, archive, call);
            return new CreateArchiveResponse()
                    .archiveArn(archive.arn())
                    .state(ENABLED)
                    .creationTime(archive.createdAt());
        });
    }

    private static void setRule(Tx tx, Bus bus, Archive archive, Call call) {
        archive.rule(call.now()).save(tx, null);
        archive.target().save(tx, BusRule.get(tx, bus, archive.ruleName()));
        bus.revised(call.requestId()).save(tx, call.now());
    }

    private static void refuseKey(@Nullable String key) {
        if (key != null && !key.isEmpty()) {
            throw Faults.notImplemented("encrypted archives (KmsKeyIdentifier)");
        }
    }

    private static @Nullable String checked(@Nullable String pattern) {
        String given = blankToNull(pattern);
        if (given != null) {
            EventPattern.check(given);
        }
        return given;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** A bus of the caller's account and region, by ARN. */
    static BusName bus(String parameter, String arn, Call call) {
        BusName name = BusName.ofArn(arn)
                .orElseThrow(() -> Faults.invalid(
                        "Parameter " + parameter + " is not valid. Reason: Must contain an event bus ARN."));
        if (!name.account().equals(call.account()) || !name.region().equals(call.region())) {
            throw Faults.busMissing(name.name());
        }
        return name;
    }

    DescribeArchiveResponse describe(DescribeArchiveRequest in, Call call) {
        return call.read(tx -> {
            Archive archive = get(tx, in.archiveName(), call);
            return new DescribeArchiveResponse()
                    .archiveArn(archive.arn())
                    .archiveName(archive.name())
                    .eventSourceArn(busArn(archive))
                    .description(archive.description())
                    .eventPattern(archive.pattern())
                    .state(ENABLED)
                    .retentionDays(archive.retentionDays())
                    .sizeBytes(archive.sizeBytes())
                    .eventCount(archive.eventCount())
                    .creationTime(archive.createdAt());
        });
    }

    private static String busArn(Archive archive) {
        return Bus.arn(archive.account(), archive.region(), archive.bus());
    }

    private static Archive get(Tx tx, String name, Call call) {
        return Archive.find(tx, call.account(), call.region(), name)
                .orElseThrow(
                        () -> ServiceException.of("ResourceNotFoundException", "Archive " + name + " does not exist."));
    }

    ListArchivesResponse list(ListArchivesRequest in, Call call) {
        oneFilter("ListArchives", in.namePrefix(), in.eventSourceArn(), in.state());
        BusName of = in.eventSourceArn() == null ? null : bus("EventSourceArn", in.eventSourceArn(), call);
        String prefix = in.namePrefix() == null ? "" : in.namePrefix();
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            String bus = of == null ? null : Bus.get(tx, of).name();
            List<Archive> found = Archive.list(tx, call.account(), call.region(), prefix, after).stream()
                    .filter(archive -> bus == null || archive.bus().equals(bus))
                    .filter(archive -> in.state() == null || in.state().equals(ENABLED))
                    .toList();
            Page<Archive> page = Page.of(found, in.limit(), Archive::name);
            return new ListArchivesResponse()
                    .archives(
                            page.items().stream().map(ArchiveOperations::shown).toList())
                    .nextToken(page.next());
        });
    }

    static void oneFilter(String operation, @Nullable String... filters) {
        if (Stream.of(filters)
                        .flatMap(filter -> Optional.ofNullable(filter).stream())
                        .count()
                > 1) {
            throw Faults.invalid("At most one filter is allowed for " + operation
                    + ". Use either : State, EventSourceArn, or NamePrefix.");
        }
    }

    private static belfry.api.events.Archive shown(Archive archive) {
        return new belfry.api.events.Archive()
                .archiveName(archive.name())
                .eventSourceArn(busArn(archive))
                .state(ENABLED)
                .retentionDays(archive.retentionDays())
                .sizeBytes(archive.sizeBytes())
                .eventCount(archive.eventCount())
                .creationTime(archive.createdAt());
    }

    /** What is not given stays. */
    UpdateArchiveResponse update(UpdateArchiveRequest in, Call call) {
        refuseKey(in.kmsKeyIdentifier());
        String pattern = checked(in.eventPattern());
        return call.write(tx -> {
            Archive before = get(tx, in.archiveName(), call);
            Archive after = new Archive(
                    before.id(),
                    before.account(),
                    before.region(),
                    before.name(),
                    before.bus(),
                    in.description() == null ? before.description() : blankToNull(in.description()),
                    in.eventPattern() == null ? before.pattern() : pattern,
                    in.retentionDays() == null ? before.retentionDays() : in.retentionDays(),
                    before.eventCount(),
                    before.sizeBytes(),
                    before.createdAt());
            after.save(tx);
            setRule(tx, Bus.get(tx, new BusName(after.account(), after.region(), after.bus())), after, call);
            tx.ring(ArchivedEvents.KEPT);
            return new UpdateArchiveResponse()
                    .archiveArn(after.arn())
                    .state(ENABLED)
                    .creationTime(after.createdAt());
        });
    }

    DeleteArchiveResponse delete(DeleteArchiveRequest in, Call call) {
        return call.write(tx -> {
            Archive archive = get(tx, in.archiveName(), call);
            archive.delete(tx);
            Bus.find(tx, archive.account(), archive.region(), archive.bus())
                    .ifPresent(bus -> BusRule.find(tx, bus, archive.ruleName()).ifPresent(rule -> {
                        rule.delete(tx);
                        bus.revised(call.requestId()).save(tx, call.now());
                    }));
            tx.ring(ReplayPump.STARTED);
            return new DeleteArchiveResponse();
        });
    }
}
