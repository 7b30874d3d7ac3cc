-- What was answered at a try, and how long it took; null where that is not known (mail, and what was tried before).
ALTER TABLE delivery_attempt ADD COLUMN code TEXT;
ALTER TABLE delivery_attempt ADD COLUMN took_ms BIGINT;
