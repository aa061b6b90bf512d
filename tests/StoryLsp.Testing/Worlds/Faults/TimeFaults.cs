using System.Globalization;
using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Faults of dates, orders and what prose says of time.</summary>
internal static class TimeFaults
{
    public static IEnumerable<RuleFaults> All() => [BadDate(), Contradiction(), Order(), Weekday(), Elapsed(), Age(), Daypart(), Length()];

    private static RuleFaults BadDate() => new RuleFaults("time/bad-date")
        .Fault("a month too many", world => Free(world).When(world, Year(world) + "-13-05"), Dated)
        .Fault("a day that the month has not", world => Free(world).When(world, Year(world) + world.Dice.Pick("-02-30", "-04-31", "-09-31T10:00")), Dated)
        .Fault("an hour that the day has not", world => Free(world).When(world, Year(world) + "-05-04T" + world.Dice.Pick("25:10", "24:30", "12:75")), Dated)
        .Fault("words", world => Free(world).When(world, world.Dice.Pick("some time later", "a rainy Tuesday", "soon")), Dated)
        .Fault("a birth", world => world.People[7].Container.Set("born", Mark(world.Dice.Pick("1890-06-31", "1891-14-02", "long ago"))), Dated)
        .Fault("a building", world => world.Places[^2].Container.Set("built", Mark(world.Dice.Pick("18x4-99", "1850-02-30", "once"))), Dated)
        .Fault("not a leap year", world => Free(world).When(world, "1927-02-29"), options => Dated(options) with { Year = 1927 })
        .Fault("a month that a calendar of one's own has not", world => Free(world).When(world, "1203-14-02"), options => Exact(options) with { Calendar = true })
        .Fault("a day that a calendar of one's own has not", world => Free(world).When(world, "1203-02-29T10:00"), options => Exact(options) with { Calendar = true })
        .Decoy("a leap day", world => world.People[7].Container.Set("born", "1892-02-29"), Dated)
        .Decoy("forms of EDTF", world =>
        {
            Event(world, "The flood", "19XX");
            Event(world, "The fire", "../1930");
            Event(world, "The frost", "c. 1911");
            Event(world, "The fair", "1911~");
            Event(world, "The walk", "1911-05/1911-06");
            Event(world, "The fast", "1911-05?");
        }, Dated)
        .Decoy("days", world => Event(world, "The flood", "Day 3, 21:30"), options => Exact(options) with { Days = true });

    private static string Year(World world) => world.Options.Year!.Value.ToString(CultureInfo.InvariantCulture);

    private static void When(this IEnumerable<Scene> scenes, World world, string text)
    {
        var scene = One(world, scenes, "a free scene");
        scene.Container.Set("when", Mark(text));
        scene.Container.Remove("until");
        Neutral(world, scene);
        NeutralAfter(world, scene);
    }

    private static Container Event(World world, string name, Node when)
    {
        var container = Other(world, "event", name);
        container.Set("when", when);
        return container;
    }

    private static RuleFaults Contradiction() => new RuleFaults("time/contradiction")
        .Fault("each after the other", world => Round(world, "3 days after {0}", "2 days after {0}"))
        .Fault("each before the other", world => Round(world, "3 days before {0}", "2 days before {0}"))
        .Fault("two gaps that differ", world => Round(world, "3 days after {0}", "5 days before {0}"))
        .Fault("three in a ring", world => Round(world, "1 day after {0}", "2 days after {0}", "3 days after {0}"))
        .Fault("a ring in which one is a span", world => Round(world, "2 to 4 days after {0}", "6 to 9 days before {0}"))
        .Fault("structured", world =>
        {
            var (one, two) = (Other(world, "event", "The storm"), Other(world, "event", "The calm"));
            one.Set("when", Node.Flow(("after", Name(two)), ("by", Mark("P3D"))));
            two.Set("when", Node.Flow(("after", Name(one)), ("by", Node.List(Mark("P1D"), "P2D"))));
        })
        .Decoy("two gaps that agree", world => Round(world, "3 days after {0}", "3 days before {0}", mark: false))
        .Decoy("spans that meet", world => Round(world, "2 to 5 days after {0}", "4 to 9 days before {0}", mark: false))
        .Decoy("a chain", world =>
        {
            Event(world, "The storm", "3 days after " + Ref(world.Scenes[0].Container));
            Event(world, "The calm", "2 days after " + Ref(world.Others[^1]));
        });

    private static string Ref(Container to) => to.WritesId ? to.Id : to.Name;

    private static string Name(Container to) => Ref(to);

    private static void Round(World world, string first, string second, string? third = null, bool mark = true)
    {
        var events = new[] { "The storm", "The calm", "The thaw" }.Take(third is null ? 2 : 3).Select(name => Other(world, "event", name)).ToList();
        var texts = new[] { first, second, third! };
        for (var i = 0; i < events.Count; i++)
        {
            var text = string.Format(CultureInfo.InvariantCulture, texts[i], Ref(events[(i + 1) % events.Count]));
            events[i].Set("when", mark ? Mark(text) : text);
        }
    }

    private static RuleFaults Order()
    {
        void Move(World world, Func<string, string> mark, Func<DateTime, Node>? form = null, Action<Scene>? with = null)
        {
            var (scene, time) = Earlier(world);
            Retime(world, scene, time, 0, form is null ? text => mark(text) : _ => form(time));
            with?.Invoke(scene);
        }

        return new RuleFaults("time/order")
            .Fault("day and clock", world => Move(world, Editing.Mark), Exact)
            .Fault("the day alone", world => Move(world, Editing.Mark, time => Mark(world.Stamp(time, false)), scene => scene.Container.Remove("time_of_day")), Exact)
            .Fault("days after an early scene", world =>
            {
                var (scene, time) = Earlier(world);
                var from = world.Linear.Last(other => other.Start < time);
                var days = (int)(time.Date - from.Start.Date).TotalDays;
                Retime(world, scene, time, 0, _ => Mark($"{days} {(days == 1 ? "day" : "days")} after {Ref(from.Container)}"));
                scene.Container.Remove("time_of_day");
            }, Exact)
            .Decoy("as a flashback", world => Move(world, text => text, null, scene => scene.Container.Set("timeline", "flashback")), Exact)
            .Decoy("in a strand of its own", world => Move(world, text => text, null, scene => scene.Container.Set("strand", "the other house")), Exact)
            .Decoy("about that time", world => Move(world, text => text, time => "c. " + time.Year, scene => scene.Container.Remove("time_of_day")), Dated)
            .Decoy("on the same day, no clock", world =>
            {
                var scene = One(world, Free(world).Where(scene => world.Before(scene) is { IsExact: true }), "a scene");
                Retime(world, scene, world.Before(scene)!.Start.Date, 0, _ => world.Stamp(world.Before(scene)!.Start, false));
                scene.Container.Remove("time_of_day");
                Relocate(world, scene, world.Before(scene)!.Place);
            }, Exact);
    }

    /// <summary>A scene on which nothing rests, and a time between two scenes before it when nobody was doing anything.</summary>
    private static (Scene Scene, DateTime Time) Earlier(World world)
    {
        var linear = world.Linear.ToList();
        var scene = One(world, Free(world).Where(scene => scene.Index > 3), "a free scene");
        for (var i = linear.IndexOf(scene) - 2; i >= 0; i--)
        {
            // Nobody may have died between then and now, nor be alive again.
            if ((linear[i + 1].Start.Date - linear[i].Start.Date).TotalDays >= 3 && !Crosses(world, linear[i].Index, scene.Index))
            {
                return (scene, linear[i].Start.Date.AddDays(2).AddHours(-12));
            }
        }

        throw new UnfitException("a gap of days");
    }

    private static bool Crosses(World world, int from, int to) => world.MurderAfter >= from && world.MurderAfter <= to;

    private static RuleFaults Weekday()
    {
        void Date(World world, string sentence, int shift)
        {
            var scene = One(world, world.Linear, "a scene");
            var day = new DateTime(world.Options.Year!.Value, world.Dice.Between(1, 12), world.Dice.Between(1, 28)).AddDays(-world.Dice.Below(200));
            var text = ProseWriter.Dated(world.Dice, day, (DayOfWeek)(((int)day.DayOfWeek + shift) % 7));
            Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, shift == 0 ? text : Mark(text)));
        }

        return new RuleFaults("time/weekday")
            .Fault("in the middle of a sentence", world => Date(world, "The ticket had been stamped on {0} and never used.", world.Dice.Between(1, 6)), NotEarly)
            .Fault("in dialogue", world => Date(world, "\"It was {0},\" said the driver. \"I remember the rain.\"", world.Dice.Between(1, 6)), NotEarly)
            .Fault("the head of a letter", world => Date(world, "*{0}.* The letter was short.", world.Dice.Between(1, 6)), NotEarly)
            .Fault("by one day", world => Date(world, "On {0}, everyone agreed, it had been dry.", world.Dice.Pick(1, 6)), NotEarly)
            .Fault("with an abbreviated month", world =>
            {
                var day = new DateTime(world.Options.Year!.Value, 11, world.Dice.Between(1, 28));
                Say(world, One(world, world.Linear, "a scene"), $"The stamp said {Mark($"{day.AddDays(3).DayOfWeek}, Nov. {day.Day}, {day.Year}")}, in purple.");
            }, NotEarly)
            .Fault("the weekday behind", world =>
            {
                var day = new DateTime(world.Options.Year!.Value, 3, world.Dice.Between(1, 28));
                Say(world, One(world, world.Linear, "a scene"), $"It was {Mark($"{Pool.Months[2]} {day.Day}, {day.Year}, a {day.AddDays(2).DayOfWeek}")}, and the shops were shut.");
            }, NotEarly)
            .Fault("long ago, by a calendar that is written down", world =>
            {
                world.Settings.Add("calendar: gregorian");
                var day = new DateTime(1812, 3, world.Dice.Between(1, 28));
                Say(world, One(world, world.Linear, "a scene"), $"The deed was dated {Mark(ProseWriter.Dated(world.Dice, day, day.AddDays(3).DayOfWeek))}, and sealed.");
            }, NotEarly)
            .Fault("by a calendar of one's own", world => Say(world, One(world, world.Linear, "a scene"),
                $"The deed was dated {Mark(OwnCalendar.Words(world.Scenes[^1].Start, world.Dice.Between(1, 6)))}, and sealed."), options => options with { Calendar = true })
            .Decoy("the right day of a calendar of one's own", world => Say(world, One(world, world.Linear, "a scene"),
                $"The deed was dated {OwnCalendar.Words(world.Scenes[^1].Start, 0)}, and sealed."), options => options with { Calendar = true })
            .Decoy("the right day", world => Date(world, "The ticket had been stamped on {0} and never used.", 0), NotEarly)
            .Decoy("without a year", world => Say(world, One(world, world.Linear, "a scene"), "It was to be on Monday, 5 March, or on Tuesday, 5 March; nobody could say."), NotEarly)
            .Decoy("two sentences", world => Say(world, One(world, world.Linear, "a scene"), "It was never on Monday. 5 March 1926 was the day it stopped, and Friday was worse."), NotEarly)
            .Decoy("before calendars agreed", world => Say(world, One(world, world.Linear, "a scene"), "The deed was dated Monday, 5 March 1812, and sealed."), NotEarly);
    }

    private static WorldOptions NotEarly(WorldOptions options) => options with { Days = false, Year = options.Year ?? 1919 + options.Seed % 100 };

    private static RuleFaults Elapsed()
    {
        void Later(World world, string sentence, Func<World, int, string?> words, bool mark = true)
        {
            var scene = One(world, world.Linear.Where(scene => scene.HasDay && scene.Index > 0 && world.Scenes[scene.Index - 1] is { IsLinear: true, HasDay: true } && Days(world, scene) >= 0), "a scene with a day");
            var text = Need(words(world, Days(world, scene)), "another number");
            Neutral(world, scene);
            Open(scene, string.Format(CultureInfo.InvariantCulture, sentence, mark ? Mark(text) : text, scene.Pov.Given));
        }

        int Wrong(World world, int days) => world.Dice.Pick([.. Enumerable.Range(2, 8).Where(number => number != days && number != days - 1 && number != 7)]);
        return new RuleFaults("time/elapsed")
            .Fault("in words", world => Later(world, "{0}, {1} was still at it.", (_, days) => Pool.Capital(Pool.Words(Wrong(world, days))) + " days later"))
            .Fault("in numerals", world => Later(world, "{0}, {1} was still at it.", (_, days) => Wrong(world, days) + " days later"))
            .Fault("the next morning", world => Later(world, "{0} {1} found the door open.", (_, days) => days >= 2 ? "The next morning" : null))
            .Fault("the next day", world => Later(world, "{0}, nobody spoke of it, {1} least of all.", (_, days) => days >= 2 ? "The next day" : null))
            .Fault("the following day", world => Later(world, "{0} {1} found the door open.", (_, days) => days >= 3 ? "The following day" : null))
            .Fault("weeks", world => Later(world, "{0}, the paint was dry, and {1} hung the sign.", (_, days) => days is < 4 ? world.Dice.Pick("Two weeks later", "A week later", "Three weeks later") : null))
            .Fault("a fortnight", world => Later(world, "{0} the paint was dry, and {1} hung the sign.", (_, days) => days is < 6 ? "A fortnight later" : null))
            .Fault("at the end of the sentence", world => Later(world, "It was {0} that {1} came back for the trunk.", (_, days) => Pool.Words(Wrong(world, days)) + " days later"))
            .Decoy("the right number", world => Later(world, "{0}, {1} was still at it.", (_, days) => days is > 1 and < 7 ? days + " days later" : null, false))
            .Decoy("some days", world => Later(world, "{0}, {1} was still at it.", (_, _) => world.Dice.Pick("Some days later", "Not long after", "A few days later"), false))
            .Decoy("in dialogue", world => Later(world, "“{0} I was on the boat,” said {1}.", (_, days) => Pool.Capital(Pool.Words(Wrong(world, days))) + " days later", false))
            .Decoy("later than something", world => Later(world, "The coal had come {0} than promised, and {1} was cold.", (world, days) => Pool.Words(Wrong(world, days)) + " days later", false))
            .Decoy("further down", world =>
            {
                var scene = One(world, world.Linear.Where(scene => scene.HasDay), "a scene");
                Neutral(world, scene);
                scene.Prose.Add("Once there had been a war. Nine days later there had been another.");
            });
    }

    private static int Days(World world, Scene scene) => (int)(scene.Start.Date - world.Scenes[scene.Index - 1].Start.Date).TotalDays;

    private static RuleFaults Age()
    {
        void Wrong(World world, int form, int by)
        {
            var (scene, person) = Aged(world);
            Say(world, scene, ProseWriter.Age(world, person, person.AgeAt(scene.Start) + by, form, Editing.Mark));
        }

        var rule = new RuleFaults("time/age");
        for (var form = 0; form < 6; form++)
        {
            var which = form;
            rule.Fault($"form {form}, years off", world => Wrong(world, which, world.Dice.Pick(-7, -4, 3, 5, 10)), Dated);
            if (form % 2 == 0)
            {
                rule.Fault($"form {form}, one year off", world => Wrong(world, which, world.Dice.Pick(-1, 1)), Dated);
            }
        }

        return rule
            .Fault("behind a full name and only", world =>
            {
                var (scene, person) = Aged(world);
                Say(world, scene, $"{person.Name} was only {Mark(Pool.Words(person.AgeAt(scene.Start) - 6))} years old.");
            }, Dated)
            .Fault("with an honorific", world =>
            {
                var (scene, person) = Aged(world);
                if (world.People.Count(other => other.Family == person.Family) > 1)
                {
                    throw new UnfitException("a family name of one");
                }

                Say(world, scene, $"{(person.IsWoman ? "Miss" : "Mr.")} {person.Family}, aged {Mark((person.AgeAt(scene.Start) + 8).ToString(CultureInfo.InvariantCulture))}, was not asked.");
            }, Dated)
            .Fault("a static age", world =>
            {
                var (_, person) = Aged(world);
                person.Container.Set("age", Mark((person.AgeAt(world.Scenes[0].Start) + world.Dice.Pick(4, 6, 9)).ToString(CultureInfo.InvariantCulture)));
            }, Dated)
            .Decoy("in dialogue", world => Told(world, "\"{0} was twelve years old when you were not,\" said the driver. \"And {0}, aged 3, was worse.\""), Dated)
            .Decoy("when", world => Told(world, "They had last met when {0} was nine years old."), Dated)
            .Decoy("when, behind it", world => Told(world, "{0} was nine years old when the mill burned down."), Dated)
            .Decoy("of a relation", world => Told(world, "{0}'s mother, aged 71, had outlived three doctors."), Dated)
            .Decoy("nearly", world =>
            {
                var (scene, person) = Aged(world);
                Say(world, scene, $"{person.Given} was nearly {Pool.Words(person.AgeAt(scene.Start) + 1)} years old.");
            }, Dated)
            .Decoy("not", world => Told(world, "{0} had been seven years old in that photograph, and was not eighty years old now."), Dated)
            .Decoy("since and at", world => Told(world, "At 12 {0} had been sent away, and since the age of 14 there had been no letters."), Dated)
            .Decoy("of something else", world => Told(world, "{0} had a 12-year-old dog and a wall that was two hundred years old."), Dated)
            .Decoy("a span", world => Told(world, "{0} had waited eleven years for this."), Dated)
            .Decoy("a static age that is right", world =>
            {
                var (scene, person) = Aged(world);
                person.Container.Set("age", person.AgeAt(scene.Start).ToString(CultureInfo.InvariantCulture));
            }, Dated)
            .Decoy("born about then", world =>
            {
                var (scene, person) = Aged(world);
                person.Container.Set("born", "c. " + person.Born!.Value.Year);
                Say(world, scene, ProseWriter.Age(world, person, person.AgeAt(scene.Start) + 1, 0));
            }, Dated)
            .Decoy("born in that year", world =>
            {
                var (scene, person) = Aged(world);
                person.Container.Set("born", person.Born!.Value.Year.ToString(CultureInfo.InvariantCulture));
                Neutral(world, scene);
                Say(world, scene, ProseWriter.Age(world, person, scene.Start.Year - person.Born.Value.Year - world.Dice.Below(2), 1));
            }, Dated);
    }

    private static void Told(World world, string sentence)
    {
        var (scene, person) = Aged(world);
        Say(world, scene, string.Format(CultureInfo.InvariantCulture, sentence, person.Given));
    }

    private static (Scene Scene, Person Person) Aged(World world)
    {
        var scene = One(world, world.Linear.Where(scene => scene.HasDay && scene.Cast.Exists(person => person.Born is not null)), "a scene with a day");
        return (scene, world.Dice.Pick([.. scene.Cast.Where(person => person.Born is not null)]));
    }

    private static RuleFaults Daypart()
    {
        (int, string)[] wrong = [(15, "night"), (9, "evening"), (20, "noon"), (14, "dawn"), (22, "afternoon"), (10, "midnight"), (21, "morning"), (12, "dusk"), (6, "evening"), (19, "noon")];
        (int, string)[] right = [(4, "dawn"), (9, "dawn"), (11, "noon"), (12, "afternoon"), (15, "dusk"), (17, "night"), (6, "night"), (22, "midnight"), (5, "day"), (21, "day"), (16, "evening")];
        // The last hour of a part counts as its beginning alone, by the strictest reading.
        void Part(World world, (int Hour, string Word) part, bool mark)
        {
            var scene = One(world, Free(world), "a free scene");
            Retime(world, scene, scene.Start.Date.AddHours(part.Hour).AddMinutes(mark ? 10 * world.Dice.Below(6) : 0), 0);
            Alone(world, scene);
            scene.Container.Set("time_of_day", mark ? Mark(part.Word) : part.Word);
        }

        return new RuleFaults("time/daypart")
            .Fault("a field", world => Part(world, world.Dice.Pick(wrong), true), Exact)
            .Fault("another field", world => Part(world, world.Dice.Pick(wrong), true), Exact)
            .Fault("a heading, night by day", world => Head(world, world.Dice.Between(8, 15), Mark("NIGHT")), options => Exact(options) with { Headings = true })
            .Fault("a heading, day by night", world => Head(world, 23, Mark("DAY")), options => Exact(options) with { Headings = true })
            .Decoy("just inside", world => Part(world, world.Dice.Pick(right), false), Exact)
            .Decoy("no clock", world =>
            {
                var scene = One(world, Free(world), "a free scene");
                Retime(world, scene, scene.Start.Date, 0, _ => world.Stamp(scene.Start, false));
                scene.Container.Set("time_of_day", "midnight");
            }, options => Exact(options) with { Headings = false });
    }

    /// <summary>Nobody else's day comes into it: one person, far from other scenes of the same day.</summary>
    private static void Alone(World world, Scene scene)
    {
        var day = scene.Start.Date;
        if (world.Linear.Any(other => other != scene && Math.Abs((other.Start.Date - day).TotalDays) < 1))
        {
            throw new UnfitException("a day to itself");
        }

        if (world.Linear.Any(other => other != scene && other.Place.Top != scene.Place.Top && Math.Abs((other.Start - scene.Start).TotalHours) < 16 + other.Minutes / 60.0))
        {
            throw new UnfitException("time to travel");
        }
    }

    private static void Head(World world, int hour, string word)
    {
        var scene = One(world, Free(world), "a free scene");
        Retime(world, scene, scene.Start.Date.AddHours(hour), 0);
        Alone(world, scene);
        var heading = (scene.Place.Within is null ? "EXT. " : "INT. ") + scene.Place.Name.ToUpperInvariant() + " - " + word;
        scene.Container.Remove("time_of_day");
        if (world.Options.Layout == SceneLayout.Chapters)
        {
            scene.Container.Heading = heading;
        }
        else
        {
            scene.Prose[0] = world.Dice.Percent(60) ? "## " + heading : heading;
        }
    }

    private static RuleFaults Length()
    {
        void Film(World world, int[] seconds, int minutes, bool mark)
        {
            var scene = One(world, Free(world).Where(scene => !world.Others.Exists(other => other.Type == "shot" && Marks.Strip(other.Get("scene")!.InLine(false)).Contains(scene.Container.Name, StringComparison.Ordinal))), "a scene");
            world.Others.RemoveAll(other => other.Type is "shot" or "panel");
            Retime(world, scene, scene.Start, 0);
            scene.Container.Set("duration", mark ? Mark("PT" + minutes + "M") : "PT" + minutes + "M");
            foreach (var (length, number) in seconds.Select((length, i) => (length, i + 1)))
            {
                var shot = Other(world, "shot", $"{scene.Container.Name}, picture {number}");
                shot.Set("scene", world.Ref(scene.Container));
                shot.Set("number", number.ToString(CultureInfo.InvariantCulture));
                shot.Set("duration", mark ? Mark(length.ToString(CultureInfo.InvariantCulture)) : length.ToString(CultureInfo.InvariantCulture));
            }
        }

        return new RuleFaults("time/duration")
            .Fault("three long shots", world => Film(world, [60, 50, 40], 2, true), Exact)
            .Fault("two shots, a minute", world => Film(world, [35, 33], 1, true), Exact)
            .Fault("many shots", world => Film(world, [70, 70, 80, 60, 90], 5, true), Exact)
            .Decoy("a little over", world => Film(world, [60, 70], 2, false), Exact)
            .Decoy("well under", world => Film(world, [6, 7], 2, false), Exact);
    }
}
