-- A session is a family: the refresh token it began with and all that followed from it. A token that was used stays until it
-- expires, so that its coming again is noticed. The salt gives, together with the token itself, the one that followed.
ALTER TABLE refresh_tokens
  ADD COLUMN family_id uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN spent_at timestamptz,
  ADD COLUMN successor_salt bytea,
  ADD CONSTRAINT refresh_tokens_spent CHECK ((spent_at IS NULL) = (successor_salt IS NULL));
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
