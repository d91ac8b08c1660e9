/* Reads the iCalendar files named on standard input with libical and writes what it understood (format: readers.py). */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hex(const char *text)
{
    for (; text && *text; text++)
        printf("%02x", (unsigned char)*text);
}

static char *content(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        exit(1);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *bytes = calloc(1, (size_t)size + 1);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size)
        exit(1);
    fclose(file);
    return bytes;
}

/* The instant of a time, by the VTIMEZONE of its own file. */
static void utc(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    struct icaltimetype local = icalproperty_get_datetime_with_component(property, icalcomponent_get_parent(event));
    struct icaltimetype t = icaltime_convert_to_zone(local, icaltimezone_get_utc_timezone());
    printf("\t%04d-%02d-%02dT%02d:%02d:%02d", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

static void field(const char *text)
{
    printf("\t");
    hex(text);
}

static const char *value(icalcomponent *component, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(component, kind);
    return property ? icalvalue_get_text(icalproperty_get_value(property)) : NULL;
}

static void event_line(icalcomponent *event)
{
    icalproperty *organizer = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
    icalproperty *attendee = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
    icalparameter *name = attendee ? icalproperty_get_first_parameter(attendee, ICAL_CN_PARAMETER) : NULL;
    hex(icalcomponent_get_uid(event));
    utc(event, ICAL_DTSTART_PROPERTY);
    utc(event, ICAL_DTEND_PROPERTY);
    printf("\t%d\t%s", icalcomponent_get_sequence(event), icalproperty_status_to_string(icalcomponent_get_status(event)));
    field(value(event, ICAL_SUMMARY_PROPERTY));
    field(value(event, ICAL_LOCATION_PROPERTY));
    field(value(event, ICAL_DESCRIPTION_PROPERTY));
    field(organizer ? icalproperty_get_organizer(organizer) : NULL);
    field(attendee ? icalproperty_get_attendee(attendee) : NULL);
    field(name ? icalparameter_get_cn(name) : NULL);
    printf("\n");
}

static const char *x_property(icalcomponent *calendar, const char *name)
{
    icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
    for (; property; property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY))
        if (!strcmp(icalproperty_get_x_name(property), name))
            return icalproperty_get_x(property);
    return NULL;
}

static void calendar_lines(icalcomponent *calendar)
{
    printf("calendar\t");
    hex(icalproperty_method_to_string(icalcomponent_get_method(calendar)));
    field(x_property(calendar, "X-WR-CALNAME"));
    printf("\t%d\n", icalcomponent_count_properties(calendar, ICAL_ANY_PROPERTY));
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        event_line(event);
}

int main(void)
{
    char path[4096];
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = 0;
        char *bytes = content(path);
        icalcomponent *calendar = icalparser_parse_string(bytes);
        if (!calendar || icalcomponent_count_errors(calendar)) {
            fprintf(stderr, "%s: parse errors\n", path);
            return 1;
        }
        calendar_lines(calendar);
        icalcomponent_free(calendar);
        free(bytes);
    }
    return 0;
}
