package belfry.tools.setup;

import java.util.Optional;

/**
 * Where the detections go.
 *
 * @param logGroup that the trail writes into
 * @param topic the ARN of the topic that is told
 * @param trailBucket where the trail's files lie, if the trail is known
 */
record Target(String logGroup, String topic, Optional<String> trailBucket) {}
