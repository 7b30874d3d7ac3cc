/**
 * Secrets Manager and KMS: versions with staging labels, envelopes, key states, recovery windows. The root key
 * ({@link belfry.seal.RootKey}) seals key material; keys ({@link belfry.vault.Keys}) seal data keys; a data key seals one
 * secret version. Other stages encrypt through {@link belfry.vault.Keys}. Semantics: secretsmanager-kms.md.
 */
@NullMarked
package belfry.vault;

import org.jspecify.annotations.NullMarked;
