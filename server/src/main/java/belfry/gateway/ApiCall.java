package belfry.gateway;

import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import belfry.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link Call} that the gateway hands to an operation: it sees to it that each call is recorded exactly once. */
final class ApiCall implements Call {
    /**
     * The facts of a call, as the request told them.
     *
     * @param service the service's short name
     */
    record Facts(
            String service,
            String operation,
            Principal principal,
            String account,
            String region,
            String sourceIp,
            String userAgent,
            String requestId,
            String endpoint,
            Instant now,
            Exchange.Transport transport) {}

    private sealed interface Outcome {
        record Answered(Struct output) implements Outcome {}

        record Failed(ServiceException error) implements Outcome {}
    }

    private final Facts facts;
    private final Store store;
    private final Recorder recorder;
    private Authorizer.@Nullable Permit permit;
    private final @Nullable Struct input;
    private final List<Touched> touched = new ArrayList<>();
    private final List<OnBehalf> onBehalf = new ArrayList<>();
    private boolean recorded;

    ApiCall(Facts facts, @Nullable Struct input, Store store, Recorder recorder) {
        this.facts = facts;
        this.input = input;
        this.store = store;
        this.recorder = recorder;
    }

    @Override
    public <R> R read(Store.Work<R> work) {
        return store.read(work);
    }

    @Override
    public <R extends Struct> R write(Store.Work<R> work) {
        if (recorded) {
            throw new IllegalStateException(facts.operation() + " has already written");
        }
        Outcome outcome = store.write(tx -> {
            Outcome tried = attempt(tx, work);
            recorder.record(tx, exchange(tried));
            return tried;
        });
        recorded = true;
        switch (outcome) {
            case Outcome.Failed failed -> throw failed.error();
            case Outcome.Answered answered -> {
                @SuppressWarnings("unchecked") // it is what work returned a moment ago
                R output = (R) answered.output();
                return output;
            }
        }
    }

    /** Lets the call ask for more. */
    void authorised(Authorizer.Permit with) {
        permit = with;
    }

    private static <R extends Struct> Outcome attempt(Tx tx, Store.Work<R> work) {
        try {
            return new Outcome.Answered(tx.attempt(work));
        } catch (ServiceException e) {
            return new Outcome.Failed(e);
        }
    }

    /** Records an answer that changed nothing, unless {@link #write} has done so. */
    void answered(Struct output) {
        recordOnce(new Outcome.Answered(output));
    }

    /** Records an error, unless {@link #write} has done so. */
    void failed(ServiceException error) {
        recordOnce(new Outcome.Failed(error));
    }

    private void recordOnce(Outcome outcome) {
        // What services did meanwhile for the caller is recorded even where the call itself leaves no record.
        if (!recorded && recorder.wants(facts.service(), facts.operation(), onBehalf)) {
            store.change(tx -> recorder.record(tx, exchange(outcome)));
            recorded = true;
        }
    }

    private Exchange exchange(Outcome outcome) {
        Struct output = null;
        ServiceException error = null;
        switch (outcome) {
            case Outcome.Answered answered -> output = answered.output();
            case Outcome.Failed failed -> error = failed.error();
        }
        return new Exchange(
                this, facts.service(), facts.operation(), input, output, error, touched, onBehalf, facts.transport());
    }

    @Override
    public void touches(String type, String arn) {
        touched.add(new Touched(type, arn));
    }

    @Override
    public void onBehalf(OnBehalf inner) {
        onBehalf.add(inner);
    }

    @Override
    public void require(Tx tx, Permission permission) {
        if (permit == null) {
            throw new IllegalStateException(facts.operation() + " has not been authorised");
        }
        permit.require(tx, permission);
    }

    @Override
    public Principal principal() {
        return facts.principal();
    }

    @Override
    public String account() {
        return facts.account();
    }

    @Override
    public String region() {
        return facts.region();
    }

    @Override
    public String sourceIp() {
        return facts.sourceIp();
    }

    @Override
    public String userAgent() {
        return facts.userAgent();
    }

    @Override
    public String requestId() {
        return facts.requestId();
    }

    @Override
    public String endpoint() {
        return facts.endpoint();
    }

    @Override
    public Instant now() {
        return facts.now();
    }
}
