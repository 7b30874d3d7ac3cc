package belfry.wire;

import java.util.Map;

/**
 * What a restXml request addresses.
 *
 * @param labels the values of the path's labels by their names, percent-decoded: {@code Bucket}, {@code Key}
 */
record RestMatch(Operation operation, Map<String, String> labels) {}
