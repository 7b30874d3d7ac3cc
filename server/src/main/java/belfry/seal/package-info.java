/**
 * Authenticated encryption at rest: AES-256-GCM ({@link belfry.seal.Aead}) and the root key that everything sealed hangs
 * from ({@link belfry.seal.RootKey}). Knows no service; access and vault seal with it.
 */
@NullMarked
package belfry.seal;

import org.jspecify.annotations.NullMarked;
