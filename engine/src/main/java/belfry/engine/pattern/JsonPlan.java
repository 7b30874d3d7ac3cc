package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties that one or many patterns want from a line, as a tree of names, and the scan that finds them in one pass.
 *
 * <p>The scan checks that the whole line is one JSON object and remembers, for every node of the tree, where its value
 * lies; it decodes nothing. Of a repeated key the last value counts.
 */
final class JsonPlan {
    /** So many keys are compared one by one faster than looked up. */
    private static final int FEW = 4;

    /** A wanted property; {@code slot} is its place in the scan's result, its descendants' slots follow directly. */
    static final class Node {
        private final Utf8 key;
        private final List<Node> building = new ArrayList<>();
        private Node[] kids = {};
        private Utf8Table keys = new Utf8Table(List.of());
        private int slot;
        private int lastSlot;

        private Node(String name) {
            key = Utf8.of(name);
        }

        int slot() {
            return slot;
        }
    }

    private final Node root = new Node("");
    private int slots;

    /** The node of a path of names, made if need be; only before {@link #freeze}. */
    Node want(List<String> names) {
        Node node = root;
        for (String name : names) {
            node = child(node, name);
        }
        return node;
    }

    private static Node child(Node parent, String name) {
        Utf8 key = Utf8.of(name);
        for (Node kid : parent.building) {
            if (kid.key.equals(key)) {
                return kid;
            }
        }
        Node kid = new Node(name);
        parent.building.add(kid);
        return kid;
    }

    JsonPlan freeze() {
        number(root);
        return this;
    }

    private void number(Node node) {
        node.slot = slots++;
        node.kids = node.building.toArray(Node[]::new);
        node.keys = new Utf8Table(node.building.stream().map(kid -> kid.key).toList());
        for (Node kid : node.kids) {
            number(kid);
        }
        node.lastSlot = slots - 1;
    }

    /**
     * Where the wanted values lie: slot <i>k</i> from {@code [2k]} to {@code [2k+1]}, both 0 when absent; null when the line
     * is not one JSON object.
     */
    int @Nullable [] scan(byte[] b, int from, int to) {
        int start = Json.skipBlanks(b, from, to);
        if (start >= to || b[start] != '{') {
            return null;
        }
        int[] found = new int[2 * slots];
        int end = object(root, b, start, to, 1, found);
        if (end < 0 || Json.skipBlanks(b, end, to) != to) {
            return null;
        }
        found[2 * root.slot] = start;
        found[2 * root.slot + 1] = end;
        return found;
    }

    private static int object(Node node, byte[] b, int from, int to, int depth, int[] found) {
        int i = Json.skipBlanks(b, from + 1, to);
        if (i < to && b[i] == '}') {
            return i + 1;
        }
        while (i < to && b[i] == '"') {
            int keyEnd = Json.skipString(b, i, to);
            if (keyEnd < 0) {
                return Json.BAD;
            }
            Node kid = find(node, b, i + 1, keyEnd - 1);
            i = Json.skipColon(b, keyEnd, to);
            if (i < 0) {
                return Json.BAD;
            }
            i = kid == null ? Json.skipValue(b, i, to, depth) : value(kid, b, i, to, depth, found);
            if (i < 0) {
                return Json.BAD;
            }
            i = Json.skipBlanks(b, i, to);
            if (i < to && b[i] == '}') {
                return i + 1;
            }
            if (i >= to || b[i] != ',') {
                return Json.BAD;
            }
            i = Json.skipBlanks(b, i + 1, to);
        }
        return Json.BAD;
    }

    private static int value(Node node, byte[] b, int from, int to, int depth, int[] found) {
        if (found[2 * node.slot + 1] != 0) {
            // The key came before: forget its value and all that was found inside.
            Arrays.fill(found, 2 * node.slot, 2 * node.lastSlot + 2, 0);
        }
        boolean descend = node.kids.length > 0 && from < to && b[from] == '{' && depth < Json.MAX_DEPTH;
        int end = descend ? object(node, b, from, to, depth + 1, found) : Json.skipValue(b, from, to, depth);
        found[2 * node.slot] = from;
        found[2 * node.slot + 1] = Math.max(end, 0);
        return end;
    }

    private static @Nullable Node find(Node node, byte[] b, int from, int to) {
        if (node.kids.length == 0) {
            return null;
        }
        if (!Json.isPlain(b, from, to)) {
            byte[] key = Json.decode(b, from, to);
            return findPlain(node, key, 0, key.length);
        }
        return findPlain(node, b, from, to);
    }

    private static @Nullable Node findPlain(Node node, byte[] b, int from, int to) {
        if (node.kids.length > FEW) {
            int index = node.keys.indexOf(b, from, to);
            return index < 0 ? null : node.kids[index];
        }
        for (Node kid : node.kids) {
            if (kid.key.length() == to - from && kid.key.is(b, from, to)) {
                return kid;
            }
        }
        return null;
    }
}
