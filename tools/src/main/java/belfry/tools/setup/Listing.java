package belfry.tools.setup;

import java.io.PrintWriter;
import java.util.List;

/** What there is to be set up. */
final class Listing {
    private Listing() {}

    static void print(List<Packs.Pack> packs, PrintWriter out) {
        for (Packs.Pack pack : packs) {
            out.println(pack.name() + ": " + pack.about());
            for (String text : pack.texts()) {
                Detection detection = Packs.detection(text);
                out.printf("  %-14s %s%n", detection.code(), detection.name());
            }
        }
    }
}
