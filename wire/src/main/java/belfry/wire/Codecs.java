package belfry.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

/** The token factories of JSON and CBOR, with bounds that no valid request reaches. */
final class Codecs {
    /** Deeper nesting than any description has, for what is skipped; shapes bound the rest. */
    static final int MAX_DEPTH = 100;

    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(400)
            .maxNameLength(10_000)
            .build();

    static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(BOUNDS).build();
    static final JsonFactory CBOR =
            CBORFactory.builder().streamReadConstraints(BOUNDS).build();

    private Codecs() {}

    static JsonFactory of(Protocol protocol) {
        return protocol == Protocol.CBOR ? CBOR : JSON;
    }
}
