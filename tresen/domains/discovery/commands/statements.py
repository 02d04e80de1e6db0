"""The statements of the projector. Rows come as one JSON document."""

from __future__ import annotations

from typing import Final

TOKENS: Final = """
WITH wanted AS (
  SELECT %s AS space_id, r.* FROM json_to_recordset(%s::json) AS r(
    facet text, value text, label text, slug text, swatch text, position int,
    facet_label text, facet_unit text, facet_kind text, facet_position int)
), written AS (
  INSERT INTO discovery_token (space_id, facet, value, label, slug, swatch, position,
    facet_label, facet_unit, facet_kind, facet_position)
  SELECT w.* FROM wanted w LEFT JOIN discovery_token t USING (space_id, facet, value)
  WHERE t.id IS NULL
    OR (t.label, t.slug, t.swatch, t.position,
      t.facet_label, t.facet_unit, t.facet_kind, t.facet_position)
    <> (w.label, w.slug, w.swatch, w.position,
      w.facet_label, w.facet_unit, w.facet_kind, w.facet_position)
  ORDER BY w.facet, w.value
  ON CONFLICT (space_id, facet, value) DO UPDATE SET
    label = excluded.label, slug = excluded.slug, swatch = excluded.swatch,
    position = excluded.position, facet_label = excluded.facet_label,
    facet_unit = excluded.facet_unit, facet_kind = excluded.facet_kind,
    facet_position = excluded.facet_position
  RETURNING facet, value, id
)
SELECT facet, value, id FROM written
UNION SELECT t.facet, t.value, t.id
FROM wanted JOIN discovery_token t USING (space_id, facet, value)
"""

PUT: Final = """
WITH fresh AS (
  INSERT INTO discovery_entry (space_id, slot, product_id, variant_id, variant_count, slug, title,
    brand_code, brand, picture_urls, picture_width, picture_height, picture_alt, price_minor,
    price_max_minor, reference_minor, tax_category, content_amount, content_unit, available,
    demand, rank, newness, name_key, shelves, tokens, search, fingerprint, updated_at)
  SELECT %s, %s, r.product_id, r.variant_id, r.variant_count, r.slug, r.title, r.brand_code,
    r.brand, r.picture_urls, r.picture_width, r.picture_height, r.picture_alt, r.price_minor,
    r.price_max_minor, r.reference_minor, r.tax_category, r.content_amount, r.content_unit,
    r.available, r.demand, r.rank, r.newness, r.name_key, r.shelves, r.tokens,
    setweight(to_tsvector('{configuration}', r.text_a), 'A')
    || setweight(to_tsvector('{configuration}', r.text_b), 'B')
    || setweight(to_tsvector('{configuration}', r.text_c), 'C')
    || setweight(to_tsvector('{configuration}', r.text_d), 'D'),
    decode(r.fingerprint, 'hex'), %s
  FROM json_to_recordset(%s::json) AS r(
    product_id uuid, variant_id uuid, variant_count int, slug text, title text, brand_code text,
    brand text, picture_urls text, picture_width int, picture_height int, picture_alt text,
    price_minor bigint, price_max_minor bigint, reference_minor bigint, tax_category text,
    content_amount numeric, content_unit text, available int, demand float8, rank int,
    newness int, name_key text, shelves int[], tokens int[], text_a text, text_b text,
    text_c text, text_d text, fingerprint text)
  RETURNING product_id, shelves, tokens, rank, newness, price_minor, available, name_key
), placed AS (
  INSERT INTO discovery_place
    (shelf_id, product_id, rank, newness, price_minor, in_stock, name_key)
  SELECT shelf, product_id, rank, newness, price_minor, available > 0, name_key
  FROM fresh, unnest(shelves) shelf
), stock AS (
  SELECT id FROM discovery_token WHERE space_id = %s AND facet = 'stock'
)
INSERT INTO discovery_facet_count (shelf_id, token_id, products)
SELECT shelf, token, count(*) FROM fresh, unnest(shelves) shelf,
  unnest(tokens || CASE WHEN available > 0 THEN ARRAY(SELECT id FROM stock) END) token
GROUP BY shelf, token ORDER BY shelf, token
ON CONFLICT (shelf_id, token_id) DO UPDATE
SET products = discovery_facet_count.products + excluded.products
"""

REMOVE: Final = """
WITH gone AS (
  DELETE FROM discovery_entry WHERE space_id = %s AND product_id = ANY(%s::uuid[])
  RETURNING product_id, shelves, tokens, available, title, brand
), unplaced AS (
  DELETE FROM discovery_place p USING gone, unnest(gone.shelves) shelf
  WHERE p.shelf_id = shelf AND p.product_id = gone.product_id
), stock AS (
  SELECT id FROM discovery_token WHERE space_id = %s AND facet = 'stock'
), less AS (
  SELECT shelf, token, count(*) AS products FROM gone, unnest(shelves) shelf,
    unnest(tokens || CASE WHEN available > 0 THEN ARRAY(SELECT id FROM stock) END) token
  GROUP BY shelf, token
), uncounted AS (
  UPDATE discovery_facet_count c SET products = c.products - less.products
  FROM less WHERE c.shelf_id = less.shelf AND c.token_id = less.token
)
SELECT title, brand FROM gone
"""

CHANGE: Final = """
WITH new AS (
  SELECT * FROM json_to_recordset(%s::json) AS r(
    product_id uuid, variant_id uuid, price_minor bigint, price_max_minor bigint,
    reference_minor bigint, content_amount numeric, content_unit text, available int,
    demand float8, rank int)
), changed AS (
  UPDATE discovery_entry e SET variant_id = new.variant_id, price_minor = new.price_minor,
    price_max_minor = new.price_max_minor, reference_minor = new.reference_minor,
    content_amount = new.content_amount, content_unit = new.content_unit,
    available = new.available, demand = new.demand, rank = new.rank, updated_at = %s
  FROM new JOIN discovery_entry old ON old.space_id = %s AND old.product_id = new.product_id
  WHERE e.space_id = old.space_id AND e.product_id = old.product_id
    AND (e.variant_id, e.price_minor, e.price_max_minor, e.reference_minor, e.content_amount,
      e.content_unit, e.available, e.demand, e.rank)
    IS DISTINCT FROM (new.variant_id, new.price_minor, new.price_max_minor, new.reference_minor,
      new.content_amount, new.content_unit, new.available, new.demand, new.rank)
  RETURNING e.product_id, e.shelves, e.rank, e.price_minor, e.available > 0 AS in_stock,
    (e.available > 0)::int - (old.available > 0)::int AS more
), moved AS (
  UPDATE discovery_place p
  SET rank = changed.rank, price_minor = changed.price_minor, in_stock = changed.in_stock
  FROM changed, unnest(changed.shelves) shelf
  WHERE p.shelf_id = shelf AND p.product_id = changed.product_id
    AND (p.rank, p.price_minor, p.in_stock)
    <> (changed.rank, changed.price_minor, changed.in_stock)
), stocked AS (
  SELECT shelf, sum(more) AS more FROM changed, unnest(shelves) shelf
  WHERE more <> 0 GROUP BY shelf
)
INSERT INTO discovery_facet_count (shelf_id, token_id, products)
SELECT stocked.shelf, t.id, stocked.more FROM stocked
JOIN discovery_token t ON t.space_id = %s AND t.facet = 'stock'
ON CONFLICT (shelf_id, token_id) DO UPDATE
SET products = discovery_facet_count.products + excluded.products
"""

CHANGE_STOCK: Final = """
WITH new AS (
  SELECT * FROM unnest(%s::int[], %s::uuid[], %s::int[], %s::int[])
    AS n(space_id, product_id, available, rank)
), changed AS (
  UPDATE discovery_entry e
  SET available = new.available, rank = new.rank, updated_at = %s
  FROM new JOIN discovery_entry old USING (space_id, product_id)
  WHERE e.space_id = old.space_id AND e.product_id = old.product_id
    AND (e.available, e.rank) <> (new.available, new.rank)
  RETURNING e.space_id, e.product_id, e.shelves, e.rank, e.available > 0 AS in_stock,
    (e.available > 0)::int - (old.available > 0)::int AS more
), moved AS (
  UPDATE discovery_place p SET rank = changed.rank, in_stock = changed.in_stock
  FROM changed, unnest(changed.shelves) shelf
  WHERE p.shelf_id = shelf AND p.product_id = changed.product_id
    AND (p.rank, p.in_stock) <> (changed.rank, changed.in_stock)
), stocked AS (
  SELECT space_id, shelf, sum(more) AS more FROM changed, unnest(shelves) shelf
  WHERE more <> 0 GROUP BY space_id, shelf
)
INSERT INTO discovery_facet_count (shelf_id, token_id, products)
SELECT stocked.shelf, t.id, stocked.more FROM stocked
JOIN discovery_token t ON t.space_id = stocked.space_id AND t.facet = 'stock'
ON CONFLICT (shelf_id, token_id) DO UPDATE
SET products = discovery_facet_count.products + excluded.products
"""

NOTE_WORDS: Final = """
WITH more AS (
  SELECT * FROM unnest(%s::text[], %s::int[]) AS m(word, products)
)
INSERT INTO discovery_word (space_id, word, products)
SELECT %s, word, products FROM more
ON CONFLICT (space_id, word) DO UPDATE
SET products = discovery_word.products + excluded.products
"""

KNOW_VARIANTS: Final = """
WITH new AS (
  SELECT * FROM json_to_recordset(%s::json) AS r(variant_id uuid, product_id uuid, codes text[])
), gone AS (
  DELETE FROM discovery_variant v WHERE v.product_id = ANY(%s::uuid[])
    AND NOT EXISTS (SELECT FROM new WHERE new.variant_id = v.variant_id)
)
INSERT INTO discovery_variant AS v (variant_id, product_id, codes)
SELECT variant_id, product_id, codes FROM new
ON CONFLICT (variant_id) DO UPDATE SET product_id = excluded.product_id, codes = excluded.codes
WHERE (v.product_id, v.codes) IS DISTINCT FROM (excluded.product_id, excluded.codes)
"""

FORGET_DUE: Final = "DELETE FROM discovery_due WHERE product_id = ANY(%s::uuid[])"
NOTE_DUE: Final = """
INSERT INTO discovery_due AS d (product_id, due_at)
SELECT * FROM unnest(%s::uuid[], %s::timestamptz[])
ON CONFLICT (product_id) DO UPDATE SET due_at = least(d.due_at, excluded.due_at)
"""

ADD_DEMAND: Final = """
INSERT INTO discovery_demand AS d (product_id, pieces, counted_at)
SELECT n.product_id, n.pieces, %s FROM unnest(%s::uuid[], %s::float8[]) AS n(product_id, pieces)
ON CONFLICT (product_id) DO UPDATE SET counted_at = greatest(d.counted_at, excluded.counted_at),
  pieces = excluded.pieces + d.pieces
    * exp(-greatest(extract(epoch FROM excluded.counted_at - d.counted_at), 0) / %s)
"""
