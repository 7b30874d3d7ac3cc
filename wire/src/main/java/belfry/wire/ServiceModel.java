package belfry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A service description in memory. Shapes and operations come into being at their first use: a start touches few of
 * the six hundred that a large service has.
 */
public final class ServiceModel {
    private final ServiceDescriptor service;
    private final Map<String, ModelJson> shapeNodes;
    private final Map<String, ModelJson> operationNodes;
    private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, String> errorNames = new HashMap<>();

    private ServiceModel(ServiceDescriptor service, ModelJson root) {
        this.service = service;
        this.shapeNodes = root.at("shapes").entries();
        this.operationNodes = root.at("operations").entries();
        shapeNodes.forEach((name, node) -> {
            if (node.at("exception").isTrue()) {
                errorNames.put(name, name);
                errorNames.putIfAbsent(node.at("error").at("code").textOr(name), name);
            }
        });
    }

    static ServiceModel load(ServiceDescriptor service) {
        String resource = "/belfry/models/" + service.name() + ".json";
        try (InputStream in = ServiceModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing service description " + resource);
            }
            return new ServiceModel(service, ModelJson.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceDescriptor service() {
        return service;
    }

    /** An operation out of {@link ServiceDescriptor#operations()}. */
    public Operation operation(String name) {
        Operation known = operations.get(name);
        if (known != null) {
            return known;
        }
        ModelJson node = operationNodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no operation " + name + " in " + service.name());
        }
        return operations.computeIfAbsent(name, n -> Operation.read(this, n, node));
    }

    public Shape shape(String name) {
        Shape known = shapes.get(name);
        if (known != null) {
            return known;
        }
        ModelJson node = shapeNodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no shape " + name + " in " + service.name());
        }
        return shapes.computeIfAbsent(name, n -> new Shape(this, n, node));
    }

    /** The error shape with this name or code; null for errors that every service may answer. */
    public @Nullable Shape error(String nameOrCode) {
        String name = errorNames.get(nameOrCode);
        return name == null ? null : shape(name);
    }

    Struct newStruct(String shape) {
        return service.newStruct(shape);
    }
}
