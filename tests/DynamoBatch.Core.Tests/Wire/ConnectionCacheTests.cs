using System;
using System.IO;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class ConnectionCacheTests
{
    [Fact]
    public void New_keys_in_a_profile_are_used_without_a_new_shell()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "[p]\naws_access_key_id=a\naws_secret_access_key=b\n");
            var settings = new ConnectionSettings { ProfileName = "p", ProfileLocation = file, EndpointUrl = "http://localhost:1" };
            DdbConnection first = ConnectionCache.Get(settings);

            ConnectionCache.Get(settings with { }).ShouldBeSameAs(first);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
            ConnectionCache.Get(settings).ShouldNotBeSameAs(first);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Equal_sources_of_credentials_share_a_connection()
    {
        var owner = new Owner();

        ConnectionCache.Get(Of(owner)).ShouldBeSameAs(ConnectionCache.Get(Of(owner)));
        ConnectionCache.Get(Of(owner)).ShouldNotBeSameAs(ConnectionCache.Get(Of(new Owner())));
    }

    [Fact]
    public void Only_the_connections_used_last_are_kept()
    {
        var first = new Owner();
        var second = new Owner();
        DdbConnection ofFirst = ConnectionCache.Get(Of(first));
        DdbConnection ofSecond = ConnectionCache.Get(Of(second));
        for (int i = 1; i < ConnectionCache.Capacity; i++)
        {
            ConnectionCache.Get(Of(new Owner()));
            ConnectionCache.Get(Of(second)).ShouldBeSameAs(ofSecond);
        }

        ConnectionCache.Get(Of(first)).ShouldNotBeSameAs(ofFirst);
        ConnectionCache.Get(Of(second)).ShouldBeSameAs(ofSecond);
    }

    private static ConnectionSettings Of(Owner owner) => new() { EndpointUrl = "http://localhost:1", Credentials = owner.ReadAsync };

    private sealed class Owner
    {
        public System.Threading.Tasks.Task<ForeignCredentials> ReadAsync() =>
            System.Threading.Tasks.Task.FromResult(new ForeignCredentials(nameof(Owner), GetHashCode().ToString(System.Globalization.CultureInfo.InvariantCulture), null));
    }
}
