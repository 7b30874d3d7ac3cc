package belfry.trail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON printed straight into text, without a tree. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** What prints. */
    @FunctionalInterface
    interface Printing {
        void to(JsonGenerator out) throws IOException;
    }

    static String of(Printing printing) {
        SegmentedStringWriter text = new SegmentedStringWriter(new BufferRecycler());
        try {
            try (JsonGenerator out = FACTORY.createGenerator(text)) {
                printing.to(out);
            }
            return text.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException("text has no I/O errors", e);
        }
    }
}
