-- SSE-KMS: set where the blob's key is a ciphertext of a KMS key instead of the root key's: which key, with what context.
ALTER TABLE blob ADD COLUMN kms TEXT;
