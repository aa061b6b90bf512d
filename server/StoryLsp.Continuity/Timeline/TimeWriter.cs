using StoryLsp.Continuity.Calendars;

namespace StoryLsp.Continuity.Timeline;

/// <summary>Turns what is written of a thing's time into constraints.</summary>
internal sealed class TimeWriter(int row, StoryCalendar calendar, List<TimeConstraint> to)
{
    // A date is believed before a duration, and that before a relative time.
    private const int Dated = 1;
    private const int Lasting = 2;
    private const int Related = 3;
    private const long MostDays = 100_000_000;

    private int _origin;

    public void Add(TimedThing thing, Slot slot, (Slot Slot, bool HasEnd)? anchor, (Slot Slot, bool HasEnd)? untilAnchor)
    {
        _origin = ThingTable.OriginOf(row, TimePart.When);
        AddTime(thing.When, slot.Start, slot.Day, anchor);
        if (thing.When is WrittenTime.Absolute { EarliestEnd: var first, LatestEnd: var last } && (first ?? last) is not null)
        {
            Add(TemporalNetwork.Calendar, slot.End, first, last, Dated);
        }

        if (thing.Until is { } until and not (WrittenTime.NoTime or WrittenTime.Invalid))
        {
            _origin = ThingTable.OriginOf(row, TimePart.Until);
            AddTime(until, slot.End, null, untilAnchor);
        }
        else if (thing.Duration is { Fault: null } duration)
        {
            _origin = ThingTable.OriginOf(row, TimePart.Duration);
            AddDuration(duration, slot);
        }
    }

    // "3 days" is said of what goes on from Friday to Sunday as well as of 72 hours.
    private void AddDuration(WrittenDuration duration, Slot slot)
    {
        var slack = duration.IsInDays ? calendar.MinutesPerDay : 0;
        var least = Math.Max(0, duration.Least - slack);
        Add(slot.Start, slot.End, least == 0 ? null : least, duration.Most + Math.Max(0, slack - 1), Lasting);
    }

    private void AddTime(WrittenTime time, int node, int? day, (Slot Slot, bool HasEnd)? anchor)
    {
        switch (time)
        {
            case WrittenTime.Absolute absolute:
                Add(TemporalNetwork.Calendar, node, absolute.EarliestStart, absolute.LatestStart, Dated);
                if (day is { } dayNode && absolute is { EarliestStart: { } first, LatestStart: { } last })
                {
                    Add(TemporalNetwork.Calendar, dayNode, calendar.StartOfDay(first), calendar.StartOfDay(last), Dated);
                }

                break;
            case WrittenTime.StoryDay { Day: var number, Minute: var minute, LastDay: var lastDay } when Math.Abs(number) <= MostDays && (lastDay ?? 0) <= MostDays:
                var start = (number - 1) * calendar.MinutesPerDay;
                var end = ((lastDay ?? number) - 1) * calendar.MinutesPerDay;
                Add(TemporalNetwork.DayOne, node, start + (minute ?? 0), end + (minute ?? calendar.MinutesPerDay - 1), Dated);
                if (day is { } storyDay)
                {
                    Add(TemporalNetwork.DayOne, storyDay, start, end, Dated);
                }

                break;
            case WrittenTime.Relative relative when anchor is { } known:
                AddRelative(relative, node, day, known.Slot, known.HasEnd);
                break;
        }
    }

    private void AddRelative(WrittenTime.Relative relative, int node, int? day, Slot anchor, bool hasEnd)
    {
        if (day is { } own && relative.Minute is { } minute)
        {
            Add(own, node, minute, minute, Related);
        }

        // Where a thing is measured from its end, its beginning may be that end.
        var last = hasEnd ? anchor.End : anchor.Start;
        switch (relative.Relation)
        {
            case TimeRelation.During:
                Add(anchor.Start, node, 0, null, Related);
                Add(node, anchor.End, 0, null, Related);
                break;
            case TimeRelation.SameDay when day is { } sameDay:
                Add(anchor.Day, sameDay, 0, 0, Related);
                break;
            case TimeRelation.After when relative.By is { } by:
                if (by.IsInDays)
                {
                    AddDaysAfter(by, node, day, anchor, last);
                }
                else
                {
                    Add(anchor.Start, node, by.Least, last == anchor.Start ? by.Most : null, Related);
                    Add(last, node, null, last == anchor.Start ? null : by.Most, Related);
                }

                break;
            case TimeRelation.Before when relative.By is { } by:
                if (by.IsInDays && day is { } before)
                {
                    Add(before, anchor.Day, by.Least, by.Most, Related);
                }
                else
                {
                    var slack = by.IsInDays ? calendar.MinutesPerDay - 1 : 0;
                    Add(node, anchor.Start, by.Least - slack, by.Most + slack, Related);
                }

                break;
            case TimeRelation.After:
                Add(anchor.Start, node, 1, null, Related);
                Add(last, node, last == anchor.Start ? null : 0, null, Related);
                break;
            case TimeRelation.Before:
                Add(node, anchor.Start, 1, null, Related);
                break;
        }
    }

    // Days are counted from midnight to midnight: three days after Friday is Monday at any hour.
    private void AddDaysAfter(WrittenDuration by, int node, int? day, Slot anchor, int last)
    {
        var rest = calendar.MinutesPerDay - 1;
        if (day is not { } own)
        {
            Add(anchor.Day, node, by.Least, last == anchor.Start ? by.Most + rest : null, Related);
            Add(last, node, null, last == anchor.Start ? null : by.Most + rest, Related);
            return;
        }

        Add(anchor.Day, own, by.Least, last == anchor.Start ? by.Most : null, Related);
        Add(last, own, null, last == anchor.Start ? null : by.Most, Related);
    }

    private void Add(int from, int node, long? least, long? most, int priority)
    {
        if ((least ?? most) is not null)
        {
            to.Add(new(from, node, least, most, _origin, priority));
        }
    }
}
