package belfry.codegen;

/** One interface per service: a method per operation that answers "not implemented" until a stage overrides it. */
final class ApiSource {
    private ApiSource() {}

    static void write(Model model, Output out) {
        String type = model.typePrefix() + "Api";
        StringBuilder source = new StringBuilder(4096);
        source.append("package ").append(model.packageName()).append(";\n\n");
        source.append("/**\n * The operations of ")
                .append(model.metadata("serviceFullName").orElse(model.service()));
        source.append(".\n *\n * @param <C> what an operation is told about its call: who, when, where from\n */\n");
        source.append("@SuppressWarnings(\"all\")\npublic interface ")
                .append(type)
                .append("<C> {\n");
        for (Model.Operation operation : model.operations()) {
            source.append(method(model, operation));
        }
        source.append("    /** The glue between the wire and an implementation. */\n");
        source.append("    static <C> belfry.wire.ServiceBinding<C> bind(")
                .append(type)
                .append("<C> api) {\n");
        source.append("        return new ").append(model.typePrefix()).append("Binding<C>(api);\n    }\n}\n");
        out.java(model.packageName(), type, source.toString());
    }

    private static String method(Model model, Model.Operation operation) {
        String input =
                operation.input().map(in -> model.structureType(in) + " in, ").orElse("");
        return """
                    default %s %s(%sC call) {
                        throw belfry.wire.ServiceException.notImplemented("%s", "%s");
                    }

                """.formatted(
                output(model, operation), Names.operation(operation.name()), input, model.service(), operation.name());
    }

    private static String output(Model model, Model.Operation operation) {
        return operation.output().map(model::structureType).orElse("belfry.wire.NoOutput");
    }
}
