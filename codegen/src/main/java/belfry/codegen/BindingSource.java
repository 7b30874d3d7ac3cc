package belfry.codegen;

/** The generated switches of one service: operation name → method call, shape name → new structure. No reflection. */
final class BindingSource {
    private BindingSource() {}

    static void write(Model model, Output out) {
        String type = model.typePrefix() + "Binding";
        String api = model.typePrefix() + "Api";
        String source = """
                package %s;

                /** Calls the operations of a {@link %s} by their names. */
                @SuppressWarnings("all")
                final class %s<C> implements belfry.wire.ServiceBinding<C> {
                    private final %s<C> api;

                    %s(%s<C> api) {
                        this.api = java.util.Objects.requireNonNull(api);
                    }

                    @Override
                    public belfry.wire.ServiceDescriptor service() {
                        return belfry.api.Services.%s;
                    }

                    @Override
                    public java.util.Set<java.lang.String> implemented() {
                        return belfry.wire.Overrides.of(api.getClass(), %s.class, service().operations());
                    }

                    @Override
                    public belfry.wire.Struct invoke(java.lang.String operation, belfry.wire.Struct in, C call) {
                        switch (operation) {
                %s            default: throw new java.lang.IllegalArgumentException(operation);
                        }
                    }
                }
                """.formatted(
                model.packageName(), api, type, api, type, api, ServicesSource.constant(model), api, cases(model));
        out.java(model.packageName(), type, source);
        structs(model, out);
    }

    private static String cases(Model model) {
        StringBuilder cases = new StringBuilder();
        for (Model.Operation operation : model.operations()) {
            String input = operation
                    .input()
                    .map(in -> "(" + model.structureType(in) + ") in, ")
                    .orElse("");
            cases.append("            case \"%s\": return api.%s(%scall);\n"
                    .formatted(operation.name(), Names.operation(operation.name()), input));
        }
        return cases.toString();
    }

    private static void structs(Model model, Output out) {
        StringBuilder cases = new StringBuilder();
        for (String shape : model.structures()) {
            cases.append("            case \"%s\": return new %s();\n".formatted(shape, model.structureType(shape)));
        }
        String type = model.typePrefix() + "Structs";
        String source = """
                package %s;

                /** Makes an empty structure by its shape's name. */
                @SuppressWarnings("all")
                public final class %s {
                    private %s() {}

                    public static belfry.wire.Struct create(java.lang.String shape) {
                        switch (shape) {
                %s            default: throw new java.lang.IllegalArgumentException(shape);
                        }
                    }
                }
                """.formatted(model.packageName(), type, type, cases);
        out.java(model.packageName(), type, source);
    }
}
