using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Tests.Time;

public class WrittenTimeTests
{
    private static readonly StoryCalendar Gregorian = StoryCalendar.Gregorian;

    // The plain form has a reader of its own; a time zone or a comma takes the same text to the readers of all forms.
    [Test]
    public void A_plain_date_is_what_the_readers_of_all_forms_make_of_it()
    {
        var dates = from year in Gen.Choose(0, 9999)
                    from month in Gen.Choose(0, 13)
                    from day in Gen.Choose(0, 32)
                    from hour in Gen.Choose(0, 25)
                    from minute in Gen.Choose(0, 61)
                    select (Day: $"{year:0000}-{month:00}-{day:00}", Clock: $"{hour:00}:{minute:00}");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(dates.ToArbitrary(), date =>
            AreSame(WrittenTime.Parse($"{date.Day}T{date.Clock}", Gregorian), WrittenTime.Parse($"{date.Day}T{date.Clock}Z", Gregorian)) &&
            AreSame(WrittenTime.Parse($"{date.Day} {date.Clock}", Gregorian), WrittenTime.Parse($"{date.Day}, {date.Clock}", Gregorian)) &&
            (WrittenTime.Parse(date.Day, Gregorian) is WrittenTime.Invalid || Equals(WrittenTime.Parse(date.Day, Gregorian), WrittenTime.Parse($"{date.Day} (so they say)", Gregorian)))));
    }

    // What was probably meant repeats what was written.
    private static bool AreSame(WrittenTime a, WrittenTime b) =>
        a is WrittenTime.Invalid { Reason: var reason } && b is WrittenTime.Invalid { Reason: var other } ? reason == other : Equals(a, b);

    [TestCase("PT2H", "P0DT2H")]
    [TestCase("PT45M", "P0DT45M")]
    [TestCase("PT1440M", "P0DT1440M")]
    public void A_single_length_is_what_the_reader_of_all_lengths_makes_of_it(string plain, string longer) =>
        Assert.That(WrittenDuration.Parse(plain, Gregorian) with { Unit = default }, Is.EqualTo(WrittenDuration.Parse(longer, Gregorian) with { Unit = default }));

    [TestCase("1926-11-05", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("1926-9-3", "1926-09-03T00:00 1926-09-03T23:59 Day")]
    [TestCase("19261105", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("1926-11-05T21:30", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("1926-11-05 21:30", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("1926-11-05T21:30:15Z", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("1926-11-05T21:30+01:00", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("2001-11-23 15:02:31 -5", "2001-11-23T15:02 2001-11-23T15:02 Minute")]
    [TestCase("1926-11-05T21", "1926-11-05T21:00 1926-11-05T21:59 Hour")]
    [TestCase("1926-11-05, 9:30 pm", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("1926-11-05 at 9 p.m.", "1926-11-05T21:00 1926-11-05T21:59 Hour")]
    [TestCase("1926-11-05T24:00", "1926-11-06T00:00 1926-11-06T00:00 Minute")]
    [TestCase("1926-11", "1926-11-01T00:00 1926-11-30T23:59 Month")]
    [TestCase("1926", "1926-01-01T00:00 1926-12-31T23:59 Year")]
    [TestCase("19XX", "1900-01-01T00:00 1999-12-31T23:59 Century")]
    [TestCase("192X", "1920-01-01T00:00 1929-12-31T23:59 Decade")]
    [TestCase("the 1920s", "1920-01-01T00:00 1929-12-31T23:59 Decade")]
    [TestCase("1926-XX", "1926-01-01T00:00 1926-12-31T23:59 Year")]
    [TestCase("1926-11-XX", "1926-11-01T00:00 1926-11-30T23:59 Month")]
    [TestCase("1926-XX-XX", "1926-01-01T00:00 1926-12-31T23:59 Year")]
    [TestCase("-0043", "-0043-01-01T00:00 -0043-12-31T23:59 Year")]
    [TestCase("Y-43", "-0043-01-01T00:00 -0043-12-31T23:59 Year")]
    [TestCase("Y12345", "12345-01-01T00:00 12345-12-31T23:59 Year")]
    [TestCase("44 BC", "-0043-01-01T00:00 -0043-12-31T23:59 Year")]
    [TestCase("15 March 44 B.C.", "-0043-03-15T00:00 -0043-03-15T23:59 Day")]
    [TestCase("AD 926", "0926-01-01T00:00 0926-12-31T23:59 Year")]
    [TestCase("5 November 1926", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("November 5, 1926", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("Nov 5 1926", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("Nov. 5th, 1926, 21:30", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("Friday, the 5th of November 1926", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("1926 November 5", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("05-Nov-1926", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("November 1926", "1926-11-01T00:00 1926-11-30T23:59 Month")]
    [TestCase("1926-11-05 evening", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("Friday 1926-11-05", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("1926-11-05 (Friday)", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("1926-11-05 - evening", "1926-11-05T00:00 1926-11-05T23:59 Day")]
    [TestCase("1926-11-05 @ 21:30", "1926-11-05T21:30 1926-11-05T21:30 Minute")]
    [TestCase("1926-11-05 around 21:30", "1926-11-05T09:30 1926-11-06T09:30 Minute")]
    [TestCase("Christmas Eve 1926", "1926-12-24T00:00 1926-12-24T23:59 Day")]
    [TestCase("New Year's Day, 1927", "1927-01-01T00:00 1927-01-01T23:59 Day")]
    [TestCase("early November 1926", "1926-11-01T00:00 1926-11-30T23:59 Month")]
    [TestCase("the end of 1926", "1926-01-01T00:00 1926-12-31T23:59 Year")]
    [TestCase("mid-November 1926", "1926-11-01T00:00 1926-11-30T23:59 Month")]
    [TestCase("the late 1920s", "1920-01-01T00:00 1929-12-31T23:59 Decade")]
    [TestCase("5-7 November 1926", "1926-11-05T00:00 1926-11-07T23:59 Span")]
    [TestCase("November 5–7, 1926", "1926-11-05T00:00 1926-11-07T23:59 Span")]
    [TestCase("2024-02-29", "2024-02-29T00:00 2024-02-29T23:59 Day")]
    public void One_date(string text, string expected) => Assert.That(Shown(text), Is.EqualTo(expected));

    [TestCase("../1930", "open 1930-12-31T23:59 / open 1930-12-31T23:59")]
    [TestCase("/1930", "open 1930-12-31T23:59 / open 1930-12-31T23:59")]
    [TestCase("before 1930", "open 1930-12-31T23:59 / open 1930-12-31T23:59")]
    [TestCase("1926-11-05/..", "1926-11-05T00:00 open / 1926-11-05T00:00 open")]
    [TestCase("since 1926", "1926-01-01T00:00 open / 1926-01-01T00:00 open")]
    [TestCase("1926-11-05/1926-11-07", "1926-11-05T00:00 1926-11-07T23:59 / 1926-11-05T00:00 1926-11-07T23:59")]
    [TestCase("1926-11-05 to 1926-11-07", "1926-11-05T00:00 1926-11-07T23:59 / 1926-11-05T00:00 1926-11-07T23:59")]
    [TestCase("1926-11-05T10:00/1926-11-05T12:00", "1926-11-05T10:00 1926-11-05T10:00 / 1926-11-05T12:00 1926-11-05T12:00")]
    [TestCase("1914-1918", "1914-01-01T00:00 1918-12-31T23:59 / 1914-01-01T00:00 1918-12-31T23:59")]
    [TestCase("1926-11-05T10:00/12:00", "1926-11-05T10:00 1926-11-05T10:00 / 1926-11-05T12:00 1926-11-05T12:00")]
    [TestCase("1926-11-05, 10:00–12:00", "1926-11-05T10:00 1926-11-05T10:00 / 1926-11-05T12:00 1926-11-05T12:00")]
    [TestCase("5 November 1926 – 7 November 1926", "1926-11-05T00:00 1926-11-07T23:59 / 1926-11-05T00:00 1926-11-07T23:59")]
    public void Intervals(string text, string expected)
    {
        var read = (WrittenTime.Absolute)WrittenTime.Parse(text, Gregorian);
        Assert.That($"{Tick(read.EarliestStart)} {Tick(read.LatestStart)} / {Tick(read.EarliestEnd)} {Tick(read.LatestEnd)}", Is.EqualTo(expected));
    }

    [TestCase("1926~", "1927-06-01")]
    [TestCase("c. 1926", "1925-06-01")]
    [TestCase("circa 1926", "1928-06-01")]
    [TestCase("1926?", "1927-12-31")]
    [TestCase("1926-11%", "1926-12-15")]
    [TestCase("1926-11-05~", "1926-11-08")]
    [TestCase("~1926-11", "1926-10-31")]
    [TestCase("1926-24", "1927-02-01")]
    [TestCase("1926-21", "1926-10-01")]
    [TestCase("the winter of 1926", "1926-12-20")]
    [TestCase("Summer 1926", "1926-07-20")]
    public void A_date_that_is_only_about_right_contradicts_nothing_near(string text, string near)
    {
        var read = (WrittenTime.Absolute)WrittenTime.Parse(text, Gregorian);
        var tick = ((WrittenTime.Absolute)WrittenTime.Parse(near, Gregorian)).EarliestStart;
        Assert.That(tick, Is.InRange(read.EarliestStart!, read.LatestStart!));
        Assert.That(read.Nominal, Is.InRange(read.EarliestStart!, read.LatestStart!));
    }

    [TestCase("unknown")]
    [TestCase("?")]
    [TestCase("TBD")]
    [TestCase("XXXX")]
    [TestCase("")]
    public void Unknown_stays_unknown(string text) => Assert.That(WrittenTime.Parse(text, Gregorian), Is.EqualTo(WrittenTime.None));

    [TestCase("Day 3", 3, null)]
    [TestCase("day 3, 21:30", 3, 1290)]
    [TestCase("Day three at 9 pm", 3, null)]
    [TestCase("Day 12, evening", 12, null)]
    [TestCase("Day 0", 0, null)]
    [TestCase("Days 3-5", 3, null, 5)]
    [TestCase("Day 3: 21:30", 3, 1290)]
    [TestCase("Day 3 - evening", 3, null)]
    [TestCase("Day 3 (before the ball)", 3, null)]
    [TestCase("Day 3 to 5", 3, null, 5)]
    public void Days_of_a_story(string text, int day, int? minute, int? last = null) =>
        Assert.That(WrittenTime.Parse(text, Gregorian), Is.EqualTo(new WrittenTime.StoryDay(day, minute, last)));

    [TestCase("3 days after arrival", "arrival After 4320-4320")]
    [TestCase("three days after arrival", "arrival After 4320-4320")]
    [TestCase("2 to 5 days before the-ball", "the-ball Before 2880-7200")]
    [TestCase("the day after arrival", "arrival After 1440-1440")]
    [TestCase("The next morning after arrival", "arrival After 1440-1440")]
    [TestCase("an hour before The Dinner", "The Dinner Before 60-60")]
    [TestCase("half an hour after dinner", "dinner After 30-30")]
    [TestCase("after arrival", "arrival After open")]
    [TestCase("shortly before [[Arrival|the arrival]]", "Arrival Before open")]
    [TestCase("3 days after [[scenes/arrival#Evening]]", "scenes/arrival After 4320-4320")]
    [TestCase("P3D after arrival", "arrival After 4320-4320")]
    [TestCase("2 days after arrival, 21:30", "arrival After 2880-2880 at 1290")]
    [TestCase("during the ball", "the ball During open")]
    [TestCase("the same day as arrival", "arrival SameDay open")]
    [TestCase("at least 3 days after arrival", "arrival After 4320-open")]
    [TestCase("2 days after the day after", "the day after After 2880-2880")]
    public void Relative_times(string text, string expected)
    {
        const int offset = 100;
        var read = (WrittenTime.Relative)WrittenTime.Parse(text, Gregorian, offset);
        Assert.That(Shown(read), Is.EqualTo(expected));
        Assert.That(text.Substring(read.AnchorSpan.Start - offset, read.AnchorSpan.Length), Is.EqualTo(read.Anchor));
    }

    [TestCase("{after: arrival, by: P3D}", "arrival After 4320-4320")]
    [TestCase("{after: arrival, by: [P3D, P5D]}", "arrival After 4320-7200")]
    [TestCase("{before: The Ball, by: 2 hours}", "The Ball Before 120-120")]
    [TestCase("{after: arrival}", "arrival After open")]
    [TestCase("{after: \"[[arrival]]\", by: 2 to 3 days, at: \"21:30\"}", "arrival After 2880-4320 at 1290")]
    [TestCase("{after: [[arrival]], by: P1W}", "arrival After 10080-10080")]
    public void Structured_times(string yaml, string expected)
    {
        var source = SourceText.From(yaml);
        var read = (WrittenTime.Relative)WrittenTime.Of(YamlParser.Parse(source).Documents[0].Root, Gregorian);
        Assert.That(Shown(read), Is.EqualTo(expected));
        Assert.That(source.Slice(read.AnchorSpan), Is.EqualTo(read.Anchor));
    }

    [TestCase("1926-09-31", "September has 30 days.", "1926-09-30")]
    [TestCase("1927-02-29", "February 1927 has 28 days.", "1927-02-28")]
    [TestCase("1926-09-31T10:00", "September has 30 days.", "1926-09-30T10:00")]
    [TestCase("1926-25-12", "A year has 12 months.", "1926-12-25")]
    [TestCase("1926-13-31", "A year has 12 months.", null)]
    [TestCase("31 September 1926", "September has 30 days.", "1926-09-30")]
    [TestCase("1926-11-05T25:00", "A day has 24 hours.", null)]
    [TestCase("1926-11-05 21:75", "An hour has 60 minutes.", null)]
    [TestCase("21:30", "A time of day wants its date before it, as in `1926-11-05T21:30`.", null)]
    [TestCase("25/12/1926", "Written so, nobody can tell the day from the month.", "1926-12-25")]
    [TestCase("11/5/1926", "Written so, nobody can tell the day from the month.", null)]
    [TestCase("1926-11-07/1926-11-05", "It ends before it begins.", "1926-11-05/1926-11-07")]
    [TestCase("1926-09-31/1926-10-02", "September has 30 days.", "1926-09-30/1926-10-02")]
    [TestCase("5 November", "A day of November wants its year as well.", null)]
    public void What_is_no_date(string text, string reason, string? nearest) =>
        Assert.That(WrittenTime.Parse(text, Gregorian), Is.EqualTo(new WrittenTime.Invalid(reason, nearest)));

    [TestCase("someday")]
    [TestCase("next year")]
    [TestCase("12")]
    [TestCase("true")]
    [TestCase("1926-11-05-06")]
    public void Words_are_no_date(string text) => Assert.That(WrittenTime.Parse(text, Gregorian), Is.TypeOf<WrittenTime.Invalid>());

    [TestCase("1203-04-17", "17 Tarsakh 1203")]
    [TestCase("17 Tarsakh 1203", "17 Tarsakh 1203")]
    [TestCase("Tarsakh 17, 1203 DR", "17 Tarsakh 1203")]
    [TestCase("Midwinter 1203", "Midwinter 1203")]
    [TestCase("the Feast of the Moon 1203", "Feast of the Moon 1203")]
    [TestCase("Shieldmeet 1204", "Shieldmeet 1204")]
    public void Dates_of_a_calendar_of_ones_own(string text, string expected)
    {
        var calendar = StoryCalendarTests.Read(StoryCalendarTests.Harptos);
        var read = WrittenTime.Parse(text, calendar) as WrittenTime.Absolute;
        Assert.That(read is null ? "none" : calendar.FormatDay(read.EarliestStart!.Value), Is.EqualTo(expected));
    }

    [TestCase("Shieldmeet 1203", "There is no Shieldmeet 1203.")]
    [TestCase("1203-04-31", "Tarsakh has 30 days.")]
    [TestCase("1203-13-01", "A year has 12 months.")]
    public void What_is_no_date_of_a_calendar_of_ones_own(string text, string reason) =>
        Assert.That((WrittenTime.Parse(text, StoryCalendarTests.Read(StoryCalendarTests.Harptos)) as WrittenTime.Invalid)?.Reason, Is.EqualTo(reason));

    [Test]
    public void Nothing_makes_it_throw()
    {
        string[] parts = ["1926", "-", "11", "05", "T", ":", "X", "~", "/", "..", " ", "Day", "after", "before", "three", "days", "P", "3", "D", "BC", "c.", "November", "31", "[[", "]]", "\u0000", "9999999999999", "and", "a", "half"];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Gen.ArrayOf(Gen.Elements(parts)).Select(string.Concat).ToArbitrary(), text =>
            WrittenTime.Parse(text, Gregorian) is not null && WrittenDuration.Parse(text, Gregorian) is not null));
    }

    [TestCase("PT2H", 120, 120)]
    [TestCase("P3D", 4320, 4320)]
    [TestCase("P1Y", 525600, 527040)]
    [TestCase("P1M", 40320, 44640)]
    [TestCase("P1DT2H", 1560, 1560)]
    [TestCase("PT1.5H", 90, 90)]
    [TestCase("2 hours", 120, 120)]
    [TestCase("an hour", 60, 60)]
    [TestCase("an hour and a half", 90, 90)]
    [TestCase("half an hour", 30, 30)]
    [TestCase("a quarter of an hour", 15, 15)]
    [TestCase("three quarters of an hour", 45, 45)]
    [TestCase("two and a half hours", 150, 150)]
    [TestCase("an hour and twenty minutes", 80, 80)]
    [TestCase("three weeks", 30240, 30240)]
    [TestCase("a fortnight", 20160, 20160)]
    [TestCase("twenty-five minutes", 25, 25)]
    [TestCase("two hundred days", 288000, 288000)]
    [TestCase("a couple of hours", 120, 180)]
    [TestCase("2 to 5 days", 2880, 7200)]
    [TestCase("2-5 days", 2880, 7200)]
    [TestCase("between two and five days", 2880, 7200)]
    [TestCase("1h 30m", 90, 90)]
    [TestCase("90min", 90, 90)]
    [TestCase("3 seconds", 0, 1)]
    [TestCase("about 2 hours", 60, 180)]
    [TestCase("at least 2 hours", 120, null)]
    [TestCase("up to 2 hours", 0, 120)]
    [TestCase("overnight", 0, null)]
    [TestCase("all evening", 0, null)]
    [TestCase("1:30", 0, null)]
    public void Durations(string text, int least, int? most)
    {
        var read = WrittenDuration.Parse(text, Gregorian);
        Assert.That((read.Least, read.Most, read.Fault), Is.EqualTo(((long)least, (long?)most, (string?)null)));
    }

    [TestCase("30", "30 minutes")]
    [TestCase("banana", null)]
    [TestCase("P", null)]
    [TestCase("2 hourz", null)]
    public void What_is_no_duration(string text, string? nearest)
    {
        var read = WrittenDuration.Parse(text, Gregorian);
        Assert.That(read.Fault, Is.Not.Null);
        Assert.That(read.Nearest, Is.EqualTo(nearest));
    }

    private static string Shown(WrittenTime.Relative read) =>
        $"{read.Anchor} {read.Relation} {(read.By is null ? "open" : $"{read.By.Least}-{(read.By.Most is { } most ? most : "open")}")}{(read.Minute is { } minute ? " at " + minute : "")}";

    private static string Shown(string text) => WrittenTime.Parse(text, Gregorian) switch
    {
        WrittenTime.Absolute read => $"{Tick(read.EarliestStart)} {Tick(read.LatestStart)} {read.Precision}",
        var other => other.ToString(),
    };

    private static string Tick(long? tick) => tick is { } known ? Gregorian.Write(known) : "open";
}
