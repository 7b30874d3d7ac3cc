package belfry.tools;

import picocli.CommandLine.IVersionProvider;

/** {@code belfry --version}: the version that the build wrote into the jar, and the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"belfry " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version()
        };
    }
}
