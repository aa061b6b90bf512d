using System.Diagnostics;
using System.Globalization;
using StoryLsp.CrashHost;
using StoryLsp.Pipelines.History;

// Run by the fault-injection tests as a process of its own, so that it can be killed as one.
switch (args)
{
    case ["run", var scenario, var root, var point]:
        var reached = 0;
        var last = int.Parse(point, CultureInfo.InvariantCulture);
        await CrashScenarios.Named(scenario).RunAsync(root, _ =>
        {
            if (reached++ == last)
            {
                // SIGKILL: no finally block, no flush, nothing.
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
            }
        });
        return 0;
    case ["hold", var root]:
        using (RunLock.TryTake(root) ?? throw new InvalidOperationException("Somebody else holds the lock."))
        {
            Console.Out.WriteLine("held");
            Console.In.ReadLine();
        }

        return 0;
    case ["use", var root, var handle, var by]:
        using (var store = HistoryStore.Open(root))
        {
            Console.Out.WriteLine("ready");
            Console.In.ReadLine();
            Console.Out.WriteLine(store.UseHandle(handle, by, out var usedBy) ? "mine" : "of " + usedBy);
        }

        return 0;
    case ["append", var root, var run, var count]:
        using (var store = HistoryStore.Open(root))
        {
            for (var i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
            {
                store.Append(new RunEvent(0, run, "usage", i, "{}", run));
            }
        }

        return 0;
    default:
        Console.Error.WriteLine("StoryLsp.CrashHost run SCENARIO ROOT POINT | hold ROOT | use ROOT HANDLE BY | append ROOT RUN COUNT");
        return 2;
}
