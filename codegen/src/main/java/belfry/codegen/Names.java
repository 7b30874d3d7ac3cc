package belfry.codegen;

import java.util.Locale;
import java.util.Set;

/** How names of the descriptions become Java names. */
final class Names {
    /** Words that may not name an accessor: Java's own, and the methods every structure already has. */
    private static final Set<String> TAKEN = Set.of(
            "abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while true false null clone equals finalize getAt getClass hashCode notify notifyAll setAt toString wait"
                    .split(" "));

    /** Structures whose plain name would hide a type of java.lang in every file that imports it. */
    private static final Set<String> JAVA_LANG = Set.of(
            "Object", "Error", "Record", "Process", "Module", "Override", "String", "Thread", "Package", "Class");

    private Names() {}

    /** KMSKeyId → kmsKeyId, SecretARN → secretARN, ETag → eTag, MD5OfBody → md5OfBody, ID → id. */
    static String member(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
        int run = 0;
        while (run < clean.length() && (isUpper(clean, run) || (run > 0 && Character.isDigit(clean.charAt(run))))) {
            run++;
        }
        // The last capital of a run begins the next word, unless the run is the whole name or a single letter.
        int lowered = run <= 1 || run == clean.length() || !isUpper(clean, run - 1) ? run : run - 1;
        String java = clean.substring(0, lowered).toLowerCase(Locale.ROOT) + clean.substring(lowered);
        return TAKEN.contains(java) ? java + "_" : java;
    }

    static String operation(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static String structure(String servicePrefix, String shape) {
        String name = Character.toUpperCase(shape.charAt(0)) + shape.substring(1);
        return JAVA_LANG.contains(name) ? servicePrefix + name : name;
    }

    /** Secrets Manager → SecretsManager, SNS → Sns, CloudWatch Logs → Logs, EventBridge → Events. */
    static String serviceType(String serviceId) {
        return switch (serviceId) {
            case "CloudWatch Logs" -> "Logs";
            case "EventBridge" -> "Events";
            default -> capitalised(serviceId);
        };
    }

    private static String capitalised(String serviceId) {
        StringBuilder name = new StringBuilder();
        for (String word : serviceId.split(" ")) {
            boolean acronym = word.equals(word.toUpperCase(Locale.ROOT));
            String rest = word.substring(1);
            name.append(word.charAt(0)).append(acronym ? rest.toLowerCase(Locale.ROOT) : rest);
        }
        return name.toString();
    }

    private static boolean isUpper(String text, int index) {
        return Character.isUpperCase(text.charAt(index));
    }
}
