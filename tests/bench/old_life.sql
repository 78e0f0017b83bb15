-- What old cases left behind: who said them where, what the bot said of each, its reminders, its ratings.
UPDATE steps SET before = json_object('state', to_state, 'version', 1, 'grade', 'minor', 'place', json_object());
UPDATE cases SET
  state = CASE WHEN number % 40 = 0 THEN 'reported' WHEN number % 20 = 0 THEN 'accepted' ELSE 'closed' END,
  reported_at = strftime('%Y-%m-%d %H:%M:%f000', reported_at, '-' || (number * {step}) || ' minutes'),
  assignee_id = CASE WHEN number % 40 > 0 AND number % 20 = 0 THEN area_id END;
UPDATE cases SET accepted_at = CASE WHEN state <> 'reported' THEN reported_at END,
  resolved_at = CASE WHEN state = 'closed' THEN reported_at END, closed_at = CASE WHEN state = 'closed' THEN reported_at END;
UPDATE appeals SET room_id = person_id - 1, said_at = (SELECT reported_at FROM cases WHERE cases.id = case_id);
INSERT INTO outbox (dedupe_key, lane, channel, room_id, room, kind, text, mentions, cases, about, quiet,
    created_at, send_at, try_at, attempts, state, sent_at, message_id, reply_to)
  SELECT said.name || cases.id, 'r' || (area_id - 1), 'web', area_id - 1, 'room' || (area_id - 2), 'text',
    '记为 #' || number || '【' || category || '】。已告诉网格长,等人受理。', '[]', '[]', '[]', 0,
    reported_at, reported_at, reported_at, 1, 'sent', reported_at, said.name || 'm' || cases.id, 'old' || cases.id
  FROM cases, (SELECT 'ack:' AS name UNION ALL SELECT 'new:' UNION ALL SELECT 'step:' UNION ALL SELECT 'rem:') AS said;
INSERT INTO reminders ("key", kind, subject, due, details, state)
  SELECT clock.name || ':' || cases.id, clock.name, cases.id,
    CASE WHEN state = 'closed' THEN reported_at ELSE '2027-03-02 01:00:00.000000' END, '{}',
    CASE WHEN state = 'closed' THEN 'dropped' ELSE 'pending' END
  FROM cases, (SELECT 'accept.late' AS name UNION ALL SELECT 'resolve.late' UNION ALL SELECT 'rate') AS clock;
INSERT INTO ratings (case_id, person_id, account_id, round, asked_at, answered_at, digit, void)
  SELECT id, area_id, area_id, 0, resolved_at, resolved_at, 1 + number % 3, 0 FROM cases WHERE state = 'closed';
INSERT INTO case_times (case_id, to_accepted, to_resolved, was_overdue)
  SELECT id, unixepoch(accepted_at) - unixepoch(reported_at), unixepoch(resolved_at) - unixepoch(reported_at), 0
  FROM cases;
INSERT INTO case_words (case_id, words) SELECT id, summary FROM cases;
