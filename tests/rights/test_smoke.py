import time
from tests.rights.people import *
def test_x(world):
    t=time.time(); a=world.rows(); print('rows',time.time()-t, len(a))
    t=time.time(); world.rewind(); print('rewind',time.time()-t)
    for who in SUBJECTS:
        t=time.time()
        r=world.get(who,f"/admin/case/edit/?id={world.numbers['c11']}")
        print(who.name,r.status, time.time()-t)
    b=world.rows(); print({k for k in a if a[k]!=b[k]})
