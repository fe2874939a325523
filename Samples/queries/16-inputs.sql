-- 评价所用的文件
-- From which files does the latest run come? The digest is that of the file as delivered; the archive keeps it under it.
SELECT run.data_year, feed, delivery, path, period_from, period_to, rows, sha256
FROM latest_run AS run JOIN input_file ON input_file.run = run.id ORDER BY run.data_year, position;
