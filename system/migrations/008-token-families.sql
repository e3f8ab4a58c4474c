-- A session is a family: the refresh token it began with and all that followed from it. A token that was used stays until it
-- expires, so that its coming again is noticed. The salt gives, together with the token itself, the one that followed.
-- The first token's family is named after its hash, so that a data set loads the same rows each time.
ALTER TABLE refresh_tokens
  ADD COLUMN began_family_id uuid,
  ADD COLUMN spent_at timestamptz,
  ADD COLUMN successor_salt bytea,
  ADD CONSTRAINT refresh_tokens_spent CHECK ((spent_at IS NULL) = (successor_salt IS NULL));
ALTER TABLE refresh_tokens
  ADD COLUMN family_id uuid NOT NULL
    GENERATED ALWAYS AS (coalesce(began_family_id, encode(substr(token_hash, 1, 16), 'hex')::uuid)) STORED;
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
