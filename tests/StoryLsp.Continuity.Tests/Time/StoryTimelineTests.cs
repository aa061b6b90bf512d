using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Tests.Time;

public class StoryTimelineTests
{
    private static readonly StoryCalendar Gregorian = StoryCalendar.Gregorian;

    [TestCase("1926-11-05", "1926-11-06", true)]
    [TestCase("1926-11-05", "1926-11-05", false)]
    [TestCase("1926-11-05T10:00", "1926-11-05", false)]
    [TestCase("1926-11-05T10:00", "1926-11-05T10:01", true)]
    [TestCase("1926-11", "1926-11-30", false)]
    [TestCase("1926-11", "1926-12-01", true)]
    [TestCase("1926~", "1927-03-01", false)]
    [TestCase("../1930", "1931", true)]
    [TestCase("1926-11-05/1926-11-07", "1926-11-06", false)]
    [TestCase("Day 3", "Day 4", true)]
    [TestCase("Day 3, 10:00", "Day 3, 21:30", true)]
    [TestCase("Day 3", "Day 3, 21:30", false)]
    [TestCase("Day 3", "1926-11-05", false)]
    [TestCase("unknown", "1926-11-05", false)]
    public void What_begins_before_what(string a, string b, bool expected)
    {
        var timeline = Of(("a", a), ("b", b));
        Assert.That(timeline.BeginsBefore(Key("a"), Key("b")), Is.EqualTo(expected));
        Assert.That(timeline.BeginsBefore(Key("b"), Key("a")), Is.False);
        Assert.That(timeline.WhyBeginsBefore(Key("a"), Key("b")), Is.EqualTo(expected ? new[] { Fact("a"), Fact("b") } : []));
    }

    [TestCase("3 days after a", "1926-11-08T00:00", "1926-11-08T23:59")]
    [TestCase("3 days after a, 21:30", "1926-11-08T21:30", "1926-11-08T21:30")]
    [TestCase("2 to 5 days before a", "1926-10-31T00:00", "1926-11-03T23:59")]
    [TestCase("an hour after a", "1926-11-05T17:00", "1926-11-05T17:00")]
    [TestCase("after a", "1926-11-05T16:01", null)]
    [TestCase("the same day as a", "1926-11-05T00:00", "1926-11-05T23:59")]
    public void Relative_times_are_counted_from_the_beginning_of_what_has_no_end(string when, string earliest, string? latest)
    {
        var interval = Of(("a", "1926-11-05T16:00"), ("b", when)).IntervalOf(Key("b"));
        Assert.That(interval.EarliestStart is { } first ? Gregorian.Write(first) : null, Is.EqualTo(earliest));
        Assert.That(interval.LatestStart is { } last ? Gregorian.Write(last) : null, Is.EqualTo(latest));
        Assert.That((interval.EarliestEnd, interval.LatestEnd), Is.EqualTo((interval.EarliestStart, (long?)null)));
    }

    [Test]
    public void What_is_measured_from_a_thing_with_an_end_may_be_measured_from_either()
    {
        var timeline = StoryTimeline.Of(Gregorian, [Thing("a", "1926-11-05T16:00") with { Duration = WrittenDuration.Parse("PT2H", Gregorian) }, Thing("b", "an hour after a"), Thing("c", "after a")]);
        Assert.That(Shown(timeline, "b"), Is.EqualTo("1926-11-05T17:00 1926-11-05T19:00 1926-11-05T17:00 open"));
        Assert.That(Shown(timeline, "c"), Is.EqualTo("1926-11-05T18:00 open 1926-11-05T18:00 open"));
        timeline = timeline.With([new(Key("a"), Thing("a", "1926-11-05T16:00"))]);
        Assert.That(Shown(timeline, "b"), Is.EqualTo("1926-11-05T17:00 1926-11-05T17:00 1926-11-05T17:00 open"));
    }

    [Test]
    public void Undated_things_have_relations_of_their_own()
    {
        var timeline = Of(("a", "unknown"), ("b", "3 days after a"), ("c", "2 days after b"));
        Assert.That(timeline.EarliestStart(Key("c")), Is.Null);
        Assert.That(timeline.BeginsBefore(Key("a"), Key("c")), Is.True);
        Assert.That(timeline.WhyBeginsBefore(Key("a"), Key("c")), Is.EqualTo([Fact("b"), Fact("c")]));
        Assert.That(timeline.EndsBefore(Key("a"), Key("c")), Is.False);
    }

    [TestCase("1926-11-05T20:00", null, true)]
    [TestCase("1926-11-05T19:00", null, true)]
    [TestCase("1926-11-05T21:00", null, false)]
    [TestCase("1926-11-05T20:30", "an hour", true)]
    [TestCase("1926-11-05T18:30", null, false)]
    [TestCase("1926-11-05T18:30", "an hour", true)]
    [TestCase("1926-11-05T18:00", "an hour", false)]
    [TestCase("1926-11-05", "3 days", false)]
    [TestCase("1926-11-05T20:59", null, true)]
    public void What_overlaps_a_dinner_from_seven_to_nine(string when, string? lasts, bool expected)
    {
        var dinner = Thing("a", "1926-11-05T19:00") with { Duration = WrittenDuration.Parse("2 hours", Gregorian) };
        var timeline = StoryTimeline.Of(Gregorian, [dinner, Thing("b", when) with { Duration = lasts is null ? null : WrittenDuration.Parse(lasts, Gregorian) }]);
        Assert.That(timeline.Overlaps(Key("a"), Key("b")), Is.EqualTo(expected));
        Assert.That(timeline.Overlaps(Key("b"), Key("a")), Is.EqualTo(expected));
        Assert.That(timeline.WhyOverlaps(Key("b"), Key("a")).Where(fact => fact.Part == TimePart.When), Is.EqualTo(expected ? new[] { Fact("a"), Fact("b") } : []));
    }

    [Test]
    public void A_circle_is_a_contradiction_of_all_that_are_in_it_and_of_nothing_else()
    {
        var timeline = Of(("a", "3 days after c"), ("b", "a day after a"), ("c", "after b"), ("d", "1926-11-05"), ("e", "2 days after d"));
        var contradiction = timeline.Contradictions.Single();
        Assert.That(contradiction.Facts, Is.EqualTo([Fact("a"), Fact("b"), Fact("c")]));
        Assert.That(Shown(timeline, "e"), Does.StartWith("1926-11-07"));
        Assert.That(timeline.With([new(Key("b"), Thing("b", "1926-11-05"))]).Contradictions, Is.Empty);
        Assert.That(timeline.With([new(Key("b"), null)]).Contradictions, Is.Empty);
    }

    [TestCase("a: 1 day after a", "a")]
    [TestCase("a: 3 days after b; b: 2 days before c; c: 2 days before a", "a b c")]
    [TestCase("a: 1926-11-05; b: 3 days after a; c: 1926-11-07; d: before c", "")]
    [TestCase("a: before b; b: before a", "a b")]
    public void Contradictions(string things, string expected)
    {
        var timeline = Of([.. things.Split("; ").Select(line => (line[..1], line[3..]))]);
        Assert.That(string.Join(' ', timeline.Contradictions.SelectMany(contradiction => contradiction.Facts).Select(fact => fact.Key.Path)), Is.EqualTo(expected));
    }

    [Test]
    public void An_end_before_its_beginning_is_a_contradiction()
    {
        var timeline = StoryTimeline.Of(Gregorian, [Thing("a", "1926-11-05T19:00") with { Until = WrittenTime.Parse("1926-11-05T18:00", Gregorian) }]);
        Assert.That(timeline.Contradictions.Single().Facts, Is.EqualTo([Fact("a"), new TimeFact(Key("a"), TimePart.Until)]));
    }

    [Test]
    public void After_any_changes_a_timeline_is_that_of_a_fresh_start()
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        var when = Gen.OneOf(
            Gen.Elements("1926-11-05", "1926-11-06T10:00", "1926-11", "unknown", "Day 2", "Day 4, 10:00", "1926-11-05/1926-11-07"),
            from n in Gen.Choose(0, 3)
            from anchor in Gen.Elements(names)
            from word in Gen.Elements("days after", "hours before", "days before", "hours after")
            select n == 0 ? $"after {anchor}" : $"{n} {word} {anchor}");
        var thing = from name in Gen.Elements(names)
                    from time in when
                    from lasts in Gen.Elements(null, "2 hours", "3 days")
                    from gone in Gen.Choose(0, 4)
                    select KeyValuePair.Create(Key(name), gone == 0 ? null : Thing(name, time) with { Duration = lasts is null ? null : WrittenDuration.Parse(lasts, Gregorian) });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.ListOf(thing, 16).ToArbitrary(), changes =>
        {
            var timeline = StoryTimeline.Of(Gregorian, []);
            var all = new Dictionary<ContainerKey, TimedThing?>();
            foreach (var change in changes)
            {
                timeline = timeline.With([change]);
                all[change.Key] = change.Value;
                var fresh = StoryTimeline.Of(Gregorian, all.Values.OfType<TimedThing>());
                Assert.That(All(timeline, names), Is.EqualTo(All(fresh, names)));
                foreach (var key in names.Select(Key).Where(key => timeline.EarlyStart(key) is not null))
                {
                    Assert.That(timeline.OverlappingWith(key), Is.EqualTo(names.Select(Key).Where(other => other != key && timeline.EarlyStart(other) is not null && timeline.Overlaps(key, other))));
                }
            }
        }));
    }

    [Test]
    public void Ten_thousand_scenes()
    {
        var things = new List<TimedThing>();
        for (var i = 0; i < 10_000; i++)
        {
            var when = i % 3 == 0 ? Gregorian.Write(1_000_000_000 + (i * 600L)) : i % 3 == 1 ? Gregorian.WriteDay(1_000_000_000 + (i * 600L)) : $"2 hours after s{i - 2}";
            things.Add(Thing("s" + i, when) with { Duration = i % 2 == 0 ? WrittenDuration.Parse("PT1H", Gregorian) : null });
        }

        var timeline = StoryTimeline.Of(Gregorian, things);
        Assert.That(timeline.Contradictions, Is.Empty);
        Assert.That(timeline.IntervalOf(Key("s9998")).EarliestStart, Is.Not.Null);
        var moved = timeline.With([new(Key("s9996"), Thing("s9996", "1800-01-01"))]);
        Assert.That(Shown(moved, "s9998"), Does.StartWith("1800-01-01T02:00 1800-01-02T01:59"));
    }

    [TestCase("Day {0}")]
    [TestCase("2 hours after s{1}")]
    [TestCase("after s{1}")]
    [TestCase("a day before s{1}")]
    public void Five_thousand_scenes_in_a_chain(string form)
    {
        var things = Enumerable.Range(0, 5000).Select(i => Thing($"s{i:0000}", string.Format(form, i + 1, (i - 1).ToString("0000")))).ToList();
        var timeline = StoryTimeline.Of(Gregorian, things);
        Assert.That(timeline.Contradictions, Is.Empty);
        Assert.That(timeline.BeginsBefore(Key("s0003"), Key("s4999")), Is.EqualTo(!form.Contains("before")));
    }

    private static string All(StoryTimeline timeline, string[] names) => string.Join('\n', names.Select(name => Shown(timeline, name))) + "\n" +
        string.Join('\n', names.SelectMany(a => names.Select(b => $"{a} {b} {timeline.MostBetween(Key(a), Key(b))} {timeline.BeginsBefore(Key(a), Key(b))}"))) +
        string.Join('\n', timeline.Contradictions.Select(contradiction => $"{contradiction.SetAside}: {string.Join(' ', contradiction.Facts)}"));

    private static string Shown(StoryTimeline timeline, string name)
    {
        var interval = timeline.IntervalOf(Key(name));
        return string.Join(' ', new[] { interval.EarliestStart, interval.LatestStart, interval.EarliestEnd, interval.LatestEnd }.Select(tick => tick is { } known ? Gregorian.Write(known) : "open"));
    }

    private static StoryTimeline Of(params (string Name, string When)[] things) => StoryTimeline.Of(Gregorian, things.Select(thing => Thing(thing.Name, thing.When)));

    private static TimedThing Thing(string name, string when)
    {
        var read = WrittenTime.Parse(when, Gregorian);
        return new(Key(name), read, read is WrittenTime.Relative relative ? Key(relative.Anchor) : null);
    }

    private static TimeFact Fact(string name) => new(Key(name), TimePart.When);

    private static ContainerKey Key(string name) => new(name, 0);
}
