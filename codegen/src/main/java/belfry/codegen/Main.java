package belfry.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** {@code Main <models directory> <output directory>}: generates the sources of all services, unless nothing changed. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: Main <models directory> <output directory>");
        }
        run(Path.of(args[0]), Path.of(args[1]));
    }

    /** True when sources were generated, false when they were already those of these models and this generator. */
    static boolean run(Path models, Path output) throws IOException {
        Path stamp = output.resolve("generated.sha256");
        String fingerprint = fingerprint(models);
        if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint)) {
            return false;
        }
        Output out = new Output(output);
        List<Model> loaded = new ArrayList<>();
        for (Path file : modelFiles(models)) {
            loaded.add(Model.load(file));
        }
        for (Model model : loaded) {
            model.structures().forEach(name -> StructSource.write(model, name, out));
            ApiSource.write(model, out);
            BindingSource.write(model, out);
        }
        ServicesSource.write(loaded, out);
        out.removeStale();
        Files.writeString(stamp, fingerprint);
        return true;
    }

    private static List<Path> modelFiles(Path models) throws IOException {
        try (Stream<Path> files = Files.list(models)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static String fingerprint(Path models) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : modelFiles(models)) {
            digest.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        for (Class<?> part : generator()) {
            try (var code = part.getResourceAsStream(part.getSimpleName() + ".class")) {
                digest.update(code == null ? new byte[0] : code.readAllBytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A changed generator must generate anew: its own byte code is part of the fingerprint. */
    private static List<Class<?>> generator() {
        return List.of(
                Main.class,
                Model.class,
                Names.class,
                Output.class,
                StructSource.class,
                ApiSource.class,
                BindingSource.class,
                ServicesSource.class);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
