-- Five years of cases, two in a hundred still open, each resolved within two days or so, most of them rated; most
-- were said in a residents' group, a third were a unit's.
UPDATE cases SET
  reported_at = strftime('%Y-%m-%d %H:%M:%f000', reported_at, '-' || (number * {step}) || ' minutes'),
  building_id = 100000 + (area_id - 2) * 6 + number % 6,
  state = CASE WHEN number % 50 = 0 THEN 'accepted' ELSE 'closed' END;
UPDATE cases SET
  accepted_at = strftime('%Y-%m-%d %H:%M:%f000', reported_at, '+' || (number % 90) || ' minutes'),
  resolved_at = CASE WHEN state = 'closed'
    THEN strftime('%Y-%m-%d %H:%M:%f000', reported_at, '+' || (number % 2900) || ' minutes') END,
  accept_by = strftime('%Y-%m-%d %H:%M:%f000', reported_at, '+80 minutes'),
  handler_id = area_id,
  assignee_org_id = CASE WHEN number % 3 = 0 THEN 1 + number / 3 % 12 END,
  resolve_by = strftime('%Y-%m-%d %H:%M:%f000', reported_at, '+3 days');
UPDATE appeals SET room_id = (SELECT id FROM rooms WHERE rooms.area_id = appeals.person_id) WHERE id % 10 > 0;
UPDATE steps SET
  action = CASE action WHEN 'progress' THEN 'resolve' ELSE action END,
  at = (
    SELECT CASE steps.action WHEN 'report' THEN reported_at WHEN 'accept' THEN accepted_at
      ELSE coalesce(resolved_at, reported_at) END
    FROM cases WHERE cases.id = steps.case_id
  ),
  from_state = CASE action WHEN 'accept' THEN 'reported' WHEN 'progress' THEN 'accepted' END;
INSERT INTO ratings (case_id, person_id, account_id, round, asked_at, answered_at, digit, void)
  SELECT id, area_id, area_id, 0, resolved_at, resolved_at, 1 + number % 3, 0
  FROM cases WHERE state = 'closed' AND number % 3 > 0;
