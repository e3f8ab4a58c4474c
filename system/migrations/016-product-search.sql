-- Finding products in spite of typing errors, and telling a search engine what has changed. All words that products have, each
-- once, however many products there are; words that no product has any more stay and find nothing.
CREATE TABLE product_vocabulary (
  word text PRIMARY KEY,
  keys text[] COLLATE "C" NOT NULL
);
CREATE INDEX product_vocabulary_keys ON product_vocabulary USING gin (keys);

-- What is left of a word's beginnings, of `shortest` letters to seven, when one letter is taken away, or of seven `most` letters (0
-- to 2). Two words with so few errors between them have a key in common, whichever kind of error it is (W. Garbe, "Symmetric
-- Delete"). Korean syllables are taken apart into their letters (NFD), so that one wrong letter is one error. Unlike pg_trgm this
-- needs no extension, depends on no locale and misses no error in the middle of a short word.
CREATE FUNCTION search_keys(word text, shortest integer, most integer) RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT overlay(overlay(left(letters, size) PLACING '' FROM first FOR 1) PLACING '' FROM second FOR 1)
                            COLLATE "C"), '{}')
    FROM normalize(word, NFD) AS letters,
         generate_series(least(shortest, 7), least(length(letters), 7)) AS size,
         -- One place behind the end: nothing is taken away.
         generate_series(1, size + 1) AS first,
         generate_series(CASE WHEN size < 7 OR most < 2 THEN size + 1 ELSE first END, size + 1) AS second
$$;

-- Words that may be meant by one that was typed with so many errors (1 or 2), and others. Always by the index: how dear it is to
-- compare sets is not known to the planner.
CREATE FUNCTION product_words_near(typed text, errors integer) RETURNS SETOF text
  LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT word FROM product_vocabulary
   WHERE keys && search_keys(typed, length(normalize(typed, NFD)), errors) LIMIT 5000
$$;

-- Longer words are no words, and would not fit into an index. In their order, so that of two statements that add the same words
-- neither waits for the other in turn.
CREATE FUNCTION product_vocabulary_add(words text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO product_vocabulary (word, keys)
  SELECT missing.word, search_keys(missing.word, 3, 2)
    FROM (SELECT DISTINCT given.word FROM unnest(words) AS given (word)
           WHERE length(given.word) <= 64
             AND NOT EXISTS (SELECT FROM product_vocabulary AS known WHERE known.word = given.word)
           ORDER BY given.word) AS missing
  ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION product_vocabulary_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM product_vocabulary_add(ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words)) FROM added));
  RETURN NULL;
END $$;
CREATE TRIGGER products_new_words AFTER INSERT ON products REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION product_vocabulary_of_new();

CREATE FUNCTION product_vocabulary_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM product_vocabulary_add(tsvector_to_array(NEW.words));
  RETURN NULL;
END $$;
-- Of these columns only: orders change others, many times a second.
CREATE TRIGGER products_changed_words AFTER UPDATE OF name, tags ON products
  FOR EACH ROW WHEN (OLD.words IS DISTINCT FROM NEW.words) EXECUTE FUNCTION product_vocabulary_of_changed();

SELECT product_vocabulary_add(ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words)) FROM products));

-- The transaction that changed what a search finds a product by. What is older than every transaction under way can be read
-- once and for all, in whatever order they commit.
ALTER TABLE products ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX products_changed ON products (changed_in, id);

CREATE FUNCTION product_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER products_noted_change BEFORE UPDATE OF name, tags, category_id, price_krw, registered_at, deleted_at ON products
  FOR EACH ROW EXECUTE FUNCTION product_note_change();
