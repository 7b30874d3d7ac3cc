package belfry.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The generated source tree. Unchanged files keep their time stamps, so that the compiler has nothing to do. */
final class Output {
    private final Path root;
    private final Set<Path> written = new HashSet<>();

    Output(Path root) {
        this.root = root;
    }

    void java(String packageName, String type, String source) {
        Path file = root.resolve(packageName.replace('.', '/')).resolve(type + ".java");
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file) || !Files.readString(file).equals(source)) {
                Files.writeString(file, source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!written.add(file)) {
            throw new IllegalStateException("two shapes want the file " + file);
        }
    }

    /** Removes what an earlier run generated for shapes that are gone. */
    void removeStale() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!written.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
