namespace StoryLsp.Testing.Worlds;

public static partial class WorldBuilder
{
    /// <summary>Adds an effect to a scene or event, in one of the forms that the format has.</summary>
    internal static void Effect(World world, Container to, string sentence, string verb, params (string Key, Node Value)[] arguments)
    {
        Node node = world.Dice.Below(3) switch
        {
            0 => Node.Flow((verb, arguments.Length == 1 ? arguments[0].Value : Node.Flow(arguments))),
            1 when arguments.Length > 1 => Node.Block((verb, Node.Flow(arguments))),
            _ => sentence,
        };
        to.Append("effects", node);
    }

    internal static void Learns(World world, Container to, Person who, Secret fact) =>
        Effect(world, to, $"{who.Id} learns {fact.Id}", "learns", ("who", who.Id), ("fact", fact.Id));

    internal static void Takes(World world, Container to, Person who, Item item) =>
        Effect(world, to, $"{who.Id} takes {item.Id}", "takes", ("who", who.Id), ("item", item.Id));

    internal static void Loses(World world, Container to, Person who, Item item) =>
        Effect(world, to, $"{who.Id} loses {item.Id}", "loses", ("who", who.Id), ("item", item.Id));

    internal static void Gives(World world, Container to, Person who, Item item, Person other) =>
        Effect(world, to, $"{who.Id} gives {item.Id} to {other.Id}", "gives", ("who", who.Id), ("item", item.Id), ("to", other.Id));

    internal static void Dies(World world, Container to, Person who) => Effect(world, to, $"{who.Id} dies", "dies", ("who", who.Id));

    /// <summary>A use of an item, in one of the forms that the format has.</summary>
    internal static Node Use(World world, Scene scene, Person who, Item item)
    {
        var name = world.RefText(item.Container);
        return who == scene.Pov && world.Dice.Percent(40) ? name
            : who == scene.Pov && world.Dice.Percent(20) ? Node.Flow(("item", name))
            : Node.Flow(("who", world.RefText(who.Container)), ("item", name));
    }

    private static void MakeItems(World world)
    {
        var dice = world.Dice;
        var names = new Queue<string>(dice.Shuffled(Pool.Items));
        var linear = world.Linear.ToList();
        for (var i = 0; i < 5; i++)
        {
            world.Items.Add(new Item { Container = Entry(world, "item", names.Dequeue()) });
        }

        var (ada, other) = (world.People[0], world.People[1]);

        // The first is the detective's and goes to the second point of view; both use it.
        Own(world, world.Items[0], ada);
        var given = linear.Find(scene => scene.Index >= linear.Count / 3 && scene.Cast.Contains(ada) && scene.Cast.Contains(other));
        if (given is not null)
        {
            Gives(world, given.Container, ada, world.Items[0], other);
            world.Items[0].Holders.Add((given.Index, other));
        }

        // The second lies about, is taken, used and lost.
        world.Items[1].Container.Set("location", world.Ref(world.Places[1].Container));
        world.Items[1].Holders.Add((-1, null));
        var mine = linear.Where(scene => scene.Cast.Contains(ada)).ToList();
        if (mine.Count >= 4)
        {
            Takes(world, mine[1].Container, ada, world.Items[1]);
            world.Items[1].Holders.Add((mine[1].Index, ada));
            Loses(world, mine[^2].Container, ada, world.Items[1]);
            world.Items[1].Holders.Add((mine[^2].Index, null));
        }

        Own(world, world.Items[2], world.People[3]);
        Own(world, world.Items[3], world.People[1]);
        world.Items[4].Holders.Add((-1, null));
        foreach (var item in world.Items)
        {
            foreach (var scene in linear.Where(scene => scene.IsExact && dice.Percent(25)))
            {
                if (item.HolderAt(scene.Index) is { } holder && scene.Cast.Contains(holder))
                {
                    scene.Container.Append("uses", Use(world, scene, holder, item));
                }
            }
        }

        // Hair that is cut off or dyed, by an effect or as a progression.
        var changed = linear.Find(scene => scene.Index > linear.Count / 2 && scene.IsExact && scene.Cast.Contains(other));
        if (changed is not null)
        {
            var colour = dice.Pick([.. Pool.Hair.Where(hair => hair != other.HairAt(0))]);
            if (dice.Percent(50))
            {
                Effect(world, changed.Container, $"{other.Id} hair: {colour}", "sets", ("who", other.Id), ("field", "hair"), ("to", colour));
            }
            else
            {
                other.Container.Set("progressions", Node.Lines(Node.Flow(("from", world.Ref(changed.Container)), ("field", "hair"), ("to", colour))));
            }

            other.Hair.Add((changed.Index, colour));
        }

        // A wound that heals.
        var hurt = linear.Find(scene => scene.Index >= 2 && scene.Cast.Contains(world.People[4]));
        var healed = hurt is null ? null : linear.Find(scene => scene.Index > hurt.Index && scene.Cast.Contains(world.People[4]));
        if (healed is not null && dice.Percent(60))
        {
            hurt!.Container.Append("effects", Node.Flow(("injures", Node.Flow(("who", world.People[4].Id), ("what", "broken arm"), ("prevents", Node.List("climbs", world.Items[4].Id))))));
            healed.Container.Append("effects", Node.Flow(("heals", Node.Flow(("who", world.People[4].Id), ("what", "broken arm")))));
        }

        if (world.People[6].Dies < int.MaxValue)
        {
            Dies(world, world.Scenes[world.People[6].Dies].Container, world.People[6]);
        }

        // A place that is gone at the end.
        var gone = world.Places[^1];
        var there = world.Scenes.Where(scene => scene.Place == gone).ToList();
        var used = there.Select(scene => scene.Index).DefaultIfEmpty(0).Max();
        // A scene of another strand is read before, and happens after.
        var last = there.Select(scene => scene.Start.Date).DefaultIfEmpty().Max();
        var end = linear.Find(scene => scene.Index >= Math.Max(used + 1, world.Options.Scenes * 3 / 4) && scene.Start.Date > last);
        if (end is not null && dice.Percent(60))
        {
            end.Container.Append("effects", dice.Percent(50) ? Node.Flow(("destroys", gone.Id)) : $"{gone.Id} destroyed");
            gone.Until = end.Index;
        }
    }

    private static void Own(World world, Item item, Person owner)
    {
        item.Container.Set("owner", world.Ref(owner.Container));
        item.Holders.Add((-1, owner));
    }

    private static void MakeFacts(World world)
    {
        var dice = world.Dice;
        var linear = world.Linear.ToList();
        var pool = dice.Shuffled(Pool.Facts);
        for (var i = 0; i < 4; i++)
        {
            var fact = new Secret { Container = Entry(world, "fact", pool[i].Name), Terms = pool[i].Terms };
            fact.Container.Set("statement", pool[i].Statement);
            world.Facts.Add(fact);
        }

        // The first is the culprit's, and comes out near the end.
        var reveal = linear[^2];
        Knows(world, world.Facts[0], world.People[3]);
        world.Facts[0].SecretUntil = reveal.Index;
        world.Facts[0].Container.Set("secret_until", world.Ref(reveal.Container));
        world.Facts[0].Container.Set("terms", Node.Texts(world.Facts[0].Terms));
        reveal.Container.Append("reveals", world.Ref(world.Facts[0].Container));

        // The second is learned in the middle and relied on after it.
        var second = world.Facts[1];
        foreach (var person in world.People.Take(2))
        {
            var where = linear.Where(scene => scene.IsExact && scene.Cast.Contains(person)).ToList();
            if (where.Count >= 3)
            {
                var learned = where[where.Count / 3];
                Learns(world, learned.Container, person, second);
                second.Knows[person] = learned.Index;
                var relied = where[^1];
                relied.Container.Append("relies_on", RelyOn(world, relied, person, second));
            }
        }

        // The third and fourth are known to some from the start.
        Knows(world, world.Facts[2], world.People[0], world.People[4]);
        Knows(world, world.Facts[3], world.People[1], world.People[5]);
        foreach (var scene in linear.Where(_ => dice.Percent(30)))
        {
            var fact = world.Facts[2 + dice.Below(2)];
            if (scene.Cast.Find(person => fact.Knows.ContainsKey(person)) is { } knower)
            {
                scene.Container.Append("relies_on", RelyOn(world, scene, knower, fact));
            }
        }

        var shown = linear[linear.Count / 2];
        world.Facts[2].SecretUntil = shown.Index;
        world.Facts[2].Container.Set("secret_until", world.Ref(shown.Container));
        world.Facts[2].Container.Set("terms", Node.Texts(world.Facts[2].Terms));
        shown.Container.Append("reveals", world.Ref(world.Facts[2].Container));
    }

    internal static Node RelyOn(World world, Scene scene, Person who, Secret fact)
    {
        var name = world.RefText(fact.Container);
        return who == scene.Pov && world.Dice.Percent(40) ? name : Node.Flow(("who", world.RefText(who.Container)), ("fact", name));
    }

    private static void Knows(World world, Secret fact, params Person[] people)
    {
        fact.Container.Set("known_by", world.Refs(people.Select(person => person.Container)));
        foreach (var person in people)
        {
            fact.Knows[person] = -1;
        }
    }

    private static void MakeThreads(World world)
    {
        var dice = world.Dice;
        var linear = world.Linear.ToList();
        var step = Math.Max(1, world.Options.Scenes / 4);
        foreach (var name in dice.Shuffled(Pool.Threads).Take(3))
        {
            var container = Entry(world, "thread", name);
            var first = dice.Below(Math.Max(1, linear.Count / 2));
            var last = Math.Min(linear.Count - 1, first + 1 + dice.Below(Math.Max(1, linear.Count / 2)));
            linear[first].Container.Append("setups", world.Ref(container));
            linear[last].Container.Append("payoffs", world.Ref(container));
            for (var i = first + step; i < last; i += step)
            {
                linear[i].Container.Append("threads", world.Ref(container));
            }

            world.Threads.Add((container, linear[first].Index, linear[last].Index));
        }
    }
}
