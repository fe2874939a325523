-- 各档分界
-- Where does each tier end: how many firms it may hold, how many it holds, the total of the last one, ties moved across?
SELECT data_year, cohort_label, part, tier, base, up_to, firms, last_total, tied FROM tier_cut;
