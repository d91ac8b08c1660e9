// Reads the iCalendar files named on standard input with ical.js and writes what it understood (format: readers.py).
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const hex = (text) => Buffer.from(String(text ?? ""), "utf8").toString("hex");

function utc(event, name) {
  const time = event.getFirstPropertyValue(name);
  const moment = time.convertToZone(ICAL.Timezone.utcTimezone);
  return moment.toString().slice(0, 19);
}

function line(event) {
  const value = (name) => event.getFirstPropertyValue(name);
  const attendee = event.getFirstProperty("attendee");
  return [
    hex(value("uid")), utc(event, "dtstart"), utc(event, "dtend"), value("sequence"), value("status"),
    hex(value("summary")), hex(value("location")), hex(value("description")),
    hex(value("organizer")), hex(attendee?.getFirstValue()), hex(attendee?.getParameter("cn")),
  ].join("\t");
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = calendar.getAllSubcomponents("vevent");
  const properties = calendar.getAllProperties().length;
  console.log(["calendar", hex(calendar.getFirstPropertyValue("method")), hex(calendar.getFirstPropertyValue("x-wr-calname")), properties].join("\t"));
  for (const event of events) console.log(line(event));
}
