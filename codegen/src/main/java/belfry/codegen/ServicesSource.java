package belfry.codegen;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code belfry.api.Services}: what dispatch must know of each service before its description is loaded. */
final class ServicesSource {
    private ServicesSource() {}

    static String constant(Model model) {
        return model.service().toUpperCase(Locale.ROOT);
    }

    static void write(List<Model> models, Output out) {
        String constants = models.stream().map(ServicesSource::descriptor).collect(Collectors.joining("\n"));
        String all = models.stream().map(ServicesSource::constant).collect(Collectors.joining(", "));
        String source = """
                package belfry.api;

                /** Every service whose description Belfry carries. */
                @SuppressWarnings("all")
                public final class Services {
                    private Services() {}

                %s
                    public static final java.util.List<belfry.wire.ServiceDescriptor> ALL = java.util.List.of(%s);
                }
                """.formatted(constants, all);
        out.java("belfry.api", "Services", source);
    }

    private static String descriptor(Model model) {
        String operations =
                model.operations().stream().map(o -> quoted(o.name())).collect(Collectors.joining(", "));
        return """
                    public static final belfry.wire.ServiceDescriptor %s = belfry.wire.ServiceDescriptor.named(%s)
                            .serviceId(%s)
                            .signingName(%s)
                            .apiVersion(%s)
                            .protocols(%s)
                            .targetPrefix(%s)
                            .jsonVersion(%s)
                            .xmlNamespace(%s)
                            .queryCompatible(%s)
                            .operations(%s)
                            .structs(%s::create)
                            .build();
                """.formatted(
                        constant(model),
                        quoted(model.service()),
                        quoted(model.metadata("serviceId").orElseThrow()),
                        quoted(model.metadata("signingName")
                                .or(() -> model.metadata("endpointPrefix"))
                                .orElseThrow()),
                        quoted(model.metadata("apiVersion").orElseThrow()),
                        model.metadataList("protocols").stream()
                                .map(ServicesSource::quoted)
                                .collect(Collectors.joining(", ")),
                        quoted(model.metadata("targetPrefix").orElse("")),
                        quoted(model.metadata("jsonVersion").orElse("")),
                        quoted(model.metadata("xmlNamespace").orElse("")),
                        model.queryCompatible(),
                        operations,
                        model.packageName() + "." + model.typePrefix() + "Structs");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
