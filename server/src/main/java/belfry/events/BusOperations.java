package belfry.events;

import belfry.api.events.CreateEventBusRequest;
import belfry.api.events.CreateEventBusResponse;
import belfry.api.events.DeleteEventBusRequest;
import belfry.api.events.DescribeEventBusRequest;
import belfry.api.events.DescribeEventBusResponse;
import belfry.api.events.EventBus;
import belfry.api.events.ListEventBusesRequest;
import belfry.api.events.ListEventBusesResponse;
import belfry.api.events.UpdateEventBusRequest;
import belfry.api.events.UpdateEventBusResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.List;

/** Event buses. */
final class BusOperations {
    CreateEventBusResponse create(CreateEventBusRequest in, Call call) {
        refuse(in.eventSourceName() != null, "partner event sources (EventSourceName)");
        refuse(in.kmsKeyIdentifier() != null, "encrypted event buses (KmsKeyIdentifier)");
        refuse(in.deadLetterConfig() != null && in.deadLetterConfig().arn() != null, "a bus's DeadLetterConfig");
        refuse(in.logConfig() != null, "a bus's LogConfig");
        String name = in.name();
        if (name.contains("/")) {
            throw Faults.invalid("Event bus name must not contain '/'.");
        }
        Bus bus = new Bus(
                call.account(),
                call.region(),
                name,
                in.description(),
                null,
                Tags.read(in.tags()),
                call.requestId(),
                call.now(),
                call.now());
        return call.write(tx -> {
            if (Bus.find(tx, bus.account(), bus.region(), name).isPresent()) {
                throw ServiceException.of("ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
            }
            bus.save(tx, call.now());
            return new CreateEventBusResponse().eventBusArn(bus.arn()).description(bus.description());
        });
    }

    private static void refuse(boolean wanted, String what) {
        if (wanted) {
            throw Faults.notImplemented(what);
        }
    }

    UpdateEventBusResponse update(UpdateEventBusRequest in, Call call) {
        refuse(in.kmsKeyIdentifier() != null && !in.kmsKeyIdentifier().isEmpty(), "encrypted event buses");
        refuse(in.deadLetterConfig() != null && in.deadLetterConfig().arn() != null, "a bus's DeadLetterConfig");
        refuse(in.logConfig() != null, "a bus's LogConfig");
        BusName name = BusName.of(in.name(), call);
        return call.write(tx -> {
            Bus bus = Bus.get(tx, name).withDescription(in.description());
            bus.save(tx, call.now());
            return new UpdateEventBusResponse().arn(bus.arn()).name(bus.name()).description(bus.description());
        });
    }

    /** Deleting what does not exist succeeds, as at AWS. */
    NoOutput delete(DeleteEventBusRequest in, Call call) {
        BusName name = BusName.of(in.name(), call);
        if (name.name().equals(Bus.DEFAULT)) {
            throw Faults.invalid("Cannot delete event bus default.");
        }
        return call.write(tx -> {
            Bus.find(tx, name.account(), name.region(), name.name()).ifPresent(bus -> delete(tx, bus));
            return NoOutput.INSTANCE;
        });
    }

    private static void delete(Tx tx, Bus bus) {
        if (BusRule.count(tx, bus) > 0) {
            throw Faults.invalid("Event bus " + bus.name() + " can't be deleted since it has rules.");
        }
        Bus.delete(tx, bus);
    }

    DescribeEventBusResponse describe(DescribeEventBusRequest in, Call call) {
        BusName name = BusName.of(in.name(), call);
        return call.read(tx -> {
            Bus bus = Bus.get(tx, name);
            return new DescribeEventBusResponse()
                    .name(bus.name())
                    .arn(bus.arn())
                    .description(bus.description())
                    .policy(bus.policy())
                    .creationTime(bus.createdAt())
                    .lastModifiedTime(bus.changedAt());
        });
    }

    ListEventBusesResponse list(ListEventBusesRequest in, Call call) {
        String prefix = in.namePrefix() == null ? "" : in.namePrefix();
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            List<Bus> all = Bus.list(tx, call.account(), call.region()).stream()
                    .filter(bus -> bus.name().startsWith(prefix) && bus.name().compareTo(after) > 0)
                    .toList();
            Page<Bus> page = Page.of(all, in.limit(), Bus::name);
            return new ListEventBusesResponse()
                    .eventBuses(page.items().stream().map(BusOperations::shown).toList())
                    .nextToken(page.next());
        });
    }

    private static EventBus shown(Bus bus) {
        return new EventBus()
                .name(bus.name())
                .arn(bus.arn())
                .description(bus.description())
                .policy(bus.policy())
                .creationTime(bus.createdAt())
                .lastModifiedTime(bus.changedAt());
    }
}
