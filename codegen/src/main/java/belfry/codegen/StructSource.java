package belfry.codegen;

import java.util.List;

/** One final class per structure: fluent accessors, and the two indexed ones that the codecs use. */
final class StructSource {
    private StructSource() {}

    static void write(Model model, String shape, Output out) {
        String type = Names.structure(model.typePrefix(), shape);
        List<Model.Member> members = model.members(shape);
        StringBuilder source = new StringBuilder(1024);
        source.append("package ").append(model.packageName()).append(";\n\n");
        source.append("/** AWS's ").append(shape).append(". Absent members are null. */\n");
        source.append("@SuppressWarnings({\"all\", \"unchecked\"})\n");
        source.append("public final class ").append(type).append(" implements belfry.wire.Struct {\n");
        for (Model.Member member : members) {
            source.append("    private %s %s;\n".formatted(member.javaType(), member.javaName()));
        }
        members.forEach(member -> source.append(accessors(type, member)));
        source.append(getter(members)).append(setter(members)).append("}\n");
        out.java(model.packageName(), type, source.toString());
    }

    private static String accessors(String type, Model.Member member) {
        String name = member.javaName();
        return "\n    public %s %s() {\n        return %s;\n    }\n".formatted(member.javaType(), name, name)
                + "\n    public %s %s(%s value) {\n        this.%s = value;\n        return this;\n    }\n"
                        .formatted(type, name, member.javaType(), name);
    }

    private static String getter(List<Model.Member> members) {
        StringBuilder source = new StringBuilder("\n    @Override\n    public java.lang.Object getAt(int index) {\n");
        source.append("        switch (index) {\n");
        for (int i = 0; i < members.size(); i++) {
            source.append("            case %d: return %s;\n"
                    .formatted(i, members.get(i).javaName()));
        }
        return source.append(outOfBounds()).append("        }\n    }\n").toString();
    }

    private static String setter(List<Model.Member> members) {
        StringBuilder source =
                new StringBuilder("\n    @Override\n    public void setAt(int index, java.lang.Object value) {\n");
        source.append("        switch (index) {\n");
        for (int i = 0; i < members.size(); i++) {
            Model.Member member = members.get(i);
            source.append("            case %d: this.%s = (%s) value; break;\n"
                    .formatted(i, member.javaName(), member.javaType()));
        }
        return source.append(outOfBounds()).append("        }\n    }\n").toString();
    }

    private static String outOfBounds() {
        return "            default: throw new java.lang.IndexOutOfBoundsException(index);\n";
    }
}
