package belfry.wire;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch must know of a service before its description is loaded. {@code belfry.api.Services} has one for each.
 */
public final class ServiceDescriptor {
    private final Builder data;
    private @Nullable ServiceModel model;

    private ServiceDescriptor(Builder data) {
        this.data = data;
    }

    /** Our short name, also the name of the description's file: {@code secretsmanager}, {@code logs}, {@code s3}. */
    public String name() {
        return data.name;
    }

    /** AWS's id for the service: {@code Secrets Manager}. */
    public String serviceId() {
        return data.serviceId;
    }

    /** The service in the SigV4 credential scope: {@code secretsmanager}, {@code monitoring} for CloudWatch. */
    public String signingName() {
        return data.signingName;
    }

    /** For example {@code 2010-03-31}. */
    public String apiVersion() {
        return data.apiVersion;
    }

    /** In a client's order of preference, out of smithy-rpc-v2-cbor, json, query and rest-xml. */
    public List<String> protocols() {
        return data.protocols;
    }

    /** What stands before the dot in X-Amz-Target; empty where JSON is not spoken. */
    public String targetPrefix() {
        return data.targetPrefix;
    }

    /** {@code 1.0} or {@code 1.1}; empty where JSON is not spoken. */
    public String jsonVersion() {
        return data.jsonVersion;
    }

    /** The namespace of Query answers; empty where Query is not spoken. */
    public String xmlNamespace() {
        return data.xmlNamespace;
    }

    /** True where JSON and CBOR errors also carry the codes of the old Query protocol. */
    public boolean queryCompatible() {
        return data.queryCompatible;
    }

    /** The names of all operations, built or not. */
    public Set<String> operations() {
        return data.operations;
    }

    /** The whole description; read at the first call, since a start that reads all of them would take long. */
    public synchronized ServiceModel model() {
        ServiceModel loaded = model;
        if (loaded == null) {
            loaded = ServiceModel.load(this);
            model = loaded;
        }
        return loaded;
    }

    Struct newStruct(String shape) {
        return data.structs.apply(shape);
    }

    @Override
    public String toString() {
        return data.name;
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects a descriptor's parts; used by generated code. */
    public static final class Builder {
        private final String name;
        private String serviceId = "";
        private String signingName = "";
        private String apiVersion = "";
        private List<String> protocols = List.of();
        private String targetPrefix = "";
        private String jsonVersion = "";
        private String xmlNamespace = "";
        private boolean queryCompatible;
        private Set<String> operations = Set.of();
        private Function<String, Struct> structs = shape -> {
            throw new IllegalArgumentException(shape);
        };

        private Builder(String name) {
            this.name = Objects.requireNonNull(name);
        }

        public Builder serviceId(String value) {
            serviceId = value;
            return this;
        }

        public Builder signingName(String value) {
            signingName = value;
            return this;
        }

        public Builder apiVersion(String value) {
            apiVersion = value;
            return this;
        }

        public Builder protocols(String... values) {
            protocols = List.of(values);
            return this;
        }

        public Builder targetPrefix(String value) {
            targetPrefix = value;
            return this;
        }

        public Builder jsonVersion(String value) {
            jsonVersion = value;
            return this;
        }

        public Builder xmlNamespace(String value) {
            xmlNamespace = value;
            return this;
        }

        public Builder queryCompatible(boolean value) {
            queryCompatible = value;
            return this;
        }

        public Builder operations(String... names) {
            operations = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
            return this;
        }

        public Builder structs(Function<String, Struct> factory) {
            structs = factory;
            return this;
        }

        public ServiceDescriptor build() {
            return new ServiceDescriptor(this);
        }
    }
}
