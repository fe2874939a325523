-- The text whose SHA-256 is the digest of publication :number (Docs/verify.md). Lines with a dot tell the
-- sqlite3 shell how to print it.
.mode list
.separator "|" "\n"
.nullvalue ""
.headers off
SELECT number, action, data_year, version, run, hex(document), published_on, until, follows, hex(reason),
    as_of, method_digest, inputs_digest, result_digest, firms, engine_version, program_version, program_digest,
    previous
FROM publication WHERE number = :number;
